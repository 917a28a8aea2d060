/** Drop an image, see what the model says of it. */

import { send } from '../api.js';
import { h } from '../dom.js';
import { duration } from '../format.js';
import { predictions } from './bars.js';
import { drop } from './drop.js';
import { failure } from './states.js';

const SHOWN = 8;

/** @returns {node, version(it)}: the node stays as it is while the page around it is drawn again */
export function predictor(name) {
  let version = null;
  let shown = null; // address of the picture
  const result = h('div', { class: 'prediction', 'aria-live': 'polite' });
  const zone = drop({ id: 'image', text: 'Drop a JPEG or PNG here, or choose one', accept: 'image/jpeg,image/png', onFile: look });
  const node = h('div', { 'data-key': 'predictor' }, zone, result);

  async function look(file) {
    if (shown) URL.revokeObjectURL(shown);
    shown = URL.createObjectURL(file);
    const picture = h('img', { src: shown, alt: file.name, class: 'preview' });
    result.replaceChildren(picture, h('p', { class: 'note' }, 'Asking version ' + version.version + '; its process may have to start …'));
    const form = new FormData();
    form.append('image', file, file.name);
    const began = performance.now();
    try {
      const answer = await send('POST', 'models/' + name + '/predict?topK=' + SHOWN + '&version=' + version.version, form);
      const it = answer.predictions[0];
      result.replaceChildren(picture, it.error ? failure({ title: 'Not an image that it can use', message: String(it.error) })
        : h('div', {}, predictions(it.classes), h('p', { class: 'note' }, 'Version ' + answer.version + ', ' + duration((performance.now() - began) / 1000))));
    } catch (problem) {
      result.replaceChildren(picture, failure(problem, () => look(file)));
    }
  }
  // A custom element would be parsed anew; a node of its own is kept by hand.
  return { node: keepAlive(node), version: it => (version = it) };
}

class Keep extends HTMLElement {
  #data = null;

  set data(node) {
    this.#data = node;
    if (node.parentNode !== this) this.replaceChildren(node);
  }

  get data() {
    return this.#data;
  }
}

customElements.define('ty-keep', Keep);

function keepAlive(node) {
  return h('ty-keep', { 'data-key': 'keep', data: node });
}
