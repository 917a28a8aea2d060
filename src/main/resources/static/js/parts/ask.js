/** Questions before what cannot be undone, and short answers after what was done. */

import { h } from '../dom.js';

/** @param fields nodes within the dialog; their values are what it resolves to, null when it was left */
export function ask({ title, text, action, danger = false, fields = [] }) {
  return new Promise(resolve => {
    const form = h('form', { method: 'dialog', class: 'dialog-form' },
      h('h2', {}, title), text && h('p', {}, text), fields,
      h('div', { class: 'row end' },
        h('button', { type: 'button', onclick: () => dialog.close('no') }, 'Leave it'),
        h('button', { type: 'submit', class: danger ? 'danger' : 'primary' }, action)));
    const dialog = h('dialog', { 'aria-label': title }, form);
    form.onsubmit = event => {
      event.preventDefault();
      dialog.close('yes');
    };
    dialog.onclose = () => {
      const values = Object.fromEntries([...form.elements].filter(it => it.name).map(it => [it.name, it.value]));
      dialog.remove();
      resolve(dialog.returnValue === 'yes' ? values : null);
    };
    document.body.append(dialog);
    dialog.showModal();
  });
}

export function toast(text, kind = 'good') {
  const node = h('div', { class: 'toast ' + kind }, text);
  document.getElementById('toasts').append(node);
  setTimeout(() => node.remove(), 6000);
}

/** Runs what a button does, the button being off meanwhile; what goes wrong is said. */
export async function act(button, work) {
  button.disabled = true;
  try {
    return await work();
  } catch (problem) {
    toast(problem.message, 'bad');
    return undefined;
  } finally {
    button.disabled = false;
  }
}

/** @returns a button that copies what text() returns */
export function copyButton(text, name = 'Copy') {
  return h('button', {
    type: 'button', class: 'plain small',
    onclick: async event => {
      try {
        await navigator.clipboard.writeText(text());
        event.target.textContent = 'Copied';
      } catch {
        event.target.textContent = 'Select it, then Ctrl+C'; // no clipboard without https
      }
      setTimeout(() => (event.target.textContent = name), 2000);
    },
  }, name);
}
