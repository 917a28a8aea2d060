import { send } from '../api.js';
import { h } from '../dom.js';
import { bytes } from '../format.js';
import { go } from '../router.js';
import { showErrors, clearErrors, valueOf } from '../schema/form.js';
import { toast } from './ask.js';
import { drop } from './drop.js';
import { failure } from './states.js';
import { upload } from './upload.js';

/** @param appendTo name or id of the dataset to add to; absent: a new one */
export function uploadForm(appendTo) {
  let file = null;
  let stop = null;
  const name = field('name', 'Name', 'text', { required: true });
  const said = h('p', { class: 'note' }, 'No file chosen.');
  const zone = drop({
    id: 'archive', text: 'Drop an archive here, or choose one', accept: '.zip,.tar,.gz,.tgz',
    onFile: it => {
      file = it;
      said.textContent = it.name + ', ' + bytes(it.size);
      const input = name.querySelector('input');
      if (!input.value) input.value = it.name.replace(/\.(zip|tar|tgz|tar\.gz)$/i, '').toLowerCase().replace(/[^a-z0-9._-]+/g, '-').replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, '').slice(0, 63);
    },
  });
  const answer = h('div', { 'aria-live': 'polite' });
  const progress = h('div', { class: 'progress', hidden: true }, h('progress', { class: 'bar', max: 1, value: 0, 'aria-label': 'Upload' }), h('span', { class: 'progress-text' }));
  const button = h('button', { type: 'submit', class: 'primary' }, 'Upload');
  const cancel = h('button', { type: 'button', hidden: true, onclick: () => stop?.abort() }, 'Stop');
  const form = h('form', { class: 'upload-form', noValidate: true, onsubmit: submit }, zone, said,
    appendTo ? h('p', { class: 'note' }, 'Adds to ' + appendTo + ': a new version with what that one has, and these.') : name,
    h('details', { class: 'group' }, h('summary', {}, 'How it is taken'), h('div', { class: 'fields' },
      field('validationFraction', 'Held-out share', 'text', { inputmode: 'decimal', placeholder: '0.1', 'data-kind': 'number' }),
      field('seed', 'Seed', 'text', { inputmode: 'numeric', placeholder: '1', 'data-kind': 'number' }),
      field('maxBadRecords', 'Bad images that may be', 'text', { inputmode: 'numeric', placeholder: 'default', 'data-kind': 'number' }),
      select('scan', 'JPEGs are looked at', ['full', 'fast']),
      select('duplicates', 'Held-out copies of training images', ['keep', 'drop']))),
    progress, h('div', { class: 'row' }, button, cancel), answer);

  async function submit(event) {
    event.preventDefault();
    clearErrors(form);
    if (!file) {
      answer.replaceChildren(failure({ title: 'No file', message: 'Choose an archive, or drop one on the field.' }));
      document.getElementById('archive').focus();
      return;
    }
    stop = new AbortController();
    answer.replaceChildren();
    button.disabled = true;
    progress.hidden = cancel.hidden = false;
    const began = performance.now();
    try {
      const id = await upload(file, {
        signal: stop.signal,
        onProgress: done => {
          progress.firstChild.value = done / file.size;
          progress.lastChild.textContent = bytes(done) + ' of ' + bytes(file.size) + ' · ' + bytes(done / (performance.now() - began) * 1000) + '/s';
        },
      });
      const request = { ...valueOf(form), upload: id, ...(appendTo && { appendTo }) };
      const dataset = await send('POST', 'datasets', request);
      toast(dataset.name + ' is being converted.');
      go('#/datasets/' + dataset.id);
    } catch (problem) {
      if (problem.name === 'AbortError') answer.replaceChildren(h('p', { class: 'note' }, 'Stopped.'));
      else answer.replaceChildren(failure({ title: problem.title, message: problem.message, errors: showErrors(form, problem.errors ?? []) }));
    } finally {
      button.disabled = false;
      progress.hidden = cancel.hidden = true;
    }
  }
  return form;
}

function field(name, text, type, attributes) {
  const id = 'u-' + name;
  return h('div', { class: 'field', 'data-field': name }, h('label', { for: id }, text),
    h('input', { id, name, type, autocomplete: 'off', 'data-path': name, 'aria-describedby': 'error-' + id, ...attributes }), h('p', { class: 'error', id: 'error-' + id }));
}

function select(name, text, values) {
  const id = 'u-' + name;
  return h('div', { class: 'field', 'data-field': name }, h('label', { for: id }, text),
    h('select', { id, name, 'data-path': name, 'aria-describedby': 'error-' + id }, h('option', { value: '' }, values[0] + ' (default)'), values.slice(1).map(it => h('option', { value: it }, it))), h('p', { class: 'error', id: 'error-' + id }));
}
