/** Changes a token for a cookie, and goes back to where one wanted to be: the fragment of the address says it. */

const form = document.querySelector('form');
const problem = document.getElementById('problem');
const button = form.querySelector('button');

form.addEventListener('submit', async event => {
  event.preventDefault();
  problem.textContent = '';
  button.disabled = true;
  try {
    const response = await fetch('api/v1/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json' },
      body: JSON.stringify({ token: form.token.value.trim() }),
    });
    if (response.ok) {
      location.replace('./' + location.hash);
      return;
    }
    const body = await response.json().catch(() => ({}));
    problem.textContent = body.detail || 'The service answered ' + response.status + '.';
  } catch {
    problem.textContent = 'The service does not answer. It may be stopped, or the network is down.';
  }
  button.disabled = false;
  form.token.select();
});
