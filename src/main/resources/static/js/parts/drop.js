/** A place to drop a file, which is a file field as well. */

import { h } from '../dom.js';

/** @param onFile called with the one chosen */
export function drop({ id, text, accept, onFile }) {
  const input = h('input', { type: 'file', id, accept, onchange: () => input.files[0] && onFile(input.files[0]) });
  const zone = h('label', {
    class: 'drop', for: id,
    ondragover: event => {
      event.preventDefault();
      zone.classList.add('over');
    },
    ondragleave: () => zone.classList.remove('over'),
    ondrop: event => {
      event.preventDefault();
      zone.classList.remove('over');
      if (event.dataTransfer.files[0]) onFile(event.dataTransfer.files[0]);
    },
  }, input, h('span', { class: 'drop-text' }, text));
  return zone;
}
