/** Dark or light: as the system says, until the switch says otherwise. */

const CHOICES = ['system', 'light', 'dark'];
const SIGNS = { system: '◐', light: '☀', dark: '☾' };
const dark = matchMedia('(prefers-color-scheme: dark)');

function chosen() {
  try {
    return CHOICES.includes(localStorage.theme) ? localStorage.theme : 'system';
  } catch {
    return 'system'; // no storage: nothing is remembered
  }
}

function apply(choice) {
  const theme = choice === 'system' ? (dark.matches ? 'dark' : 'light') : choice;
  document.documentElement.dataset.theme = theme;
  const button = document.getElementById('theme');
  button.textContent = SIGNS[choice];
  button.title = button.ariaLabel = 'Colours: ' + choice + '. Switch to ' + CHOICES[(CHOICES.indexOf(choice) + 1) % 3];
  dispatchEvent(new Event('themechange'));
}

let choice = chosen();
apply(choice);
dark.addEventListener('change', () => apply(choice));
document.getElementById('theme').onclick = () => {
  choice = CHOICES[(CHOICES.indexOf(choice) + 1) % 3];
  try {
    localStorage.theme = choice;
  } catch {
    // It holds for this visit.
  }
  apply(choice);
};
