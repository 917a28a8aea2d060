/** The one line in the head that says when the service does not answer. */

let up = true;

export function connected(now) {
  if (now === up) return;
  up = now;
  const place = document.getElementById('connection');
  place.textContent = up ? '' : 'No answer; trying again';
  place.classList.toggle('down', !up);
}
