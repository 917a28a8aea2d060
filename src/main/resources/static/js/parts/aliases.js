/** The aliases of a model: where each stands, moving it, and back. */

import { send } from '../api.js';
import { h } from '../dom.js';
import { act, ask, toast } from './ask.js';
import { when } from './bits.js';

export function aliasTable(path, aliases, versions, again) {
  const move = async (button, alias, version) => {
    const moved = await act(button, () => send('PUT', path + '/aliases/' + encodeURIComponent(alias), { version }));
    if (moved) toast(alias + ' is version ' + moved.version + ' now.');
    again();
  };
  return h('div', {},
    aliases.length === 0 ? h('p', { class: 'note' }, 'None. An alias such as champion names a version that clients ask for.')
      : h('ul', { class: 'plain-list' }, aliases.map(it => h('li', { class: 'item', 'data-key': it.alias },
        h('div', { class: 'item-head' }, h('span', { class: 'tag' }, it.alias, h('span', { class: 'tag-more' }, it.version)), h('span', { class: 'note' }, when(it.updateTime))),
        h('div', { class: 'row' },
          h('select', { 'aria-label': 'Version of ' + it.alias, value: String(it.version), onchange: event => move(event.target, it.alias, Number(event.target.value)) },
            versions.map(version => h('option', { value: String(version.version) }, 'version ' + version.version))),
          it.previousVersion && h('button', {
            type: 'button',
            onclick: async ({ currentTarget }) => {
              const back = await act(currentTarget, () => send('POST', path + '/aliases/' + it.alias + '/rollback'));
              if (back) toast(it.alias + ' is version ' + back.version + ' again.');
              again();
            },
          }, 'Back to ' + it.previousVersion),
          h('button', { type: 'button', class: 'plain', 'aria-label': 'Remove ' + it.alias, onclick: event => remove(event.currentTarget, path, it.alias, again) }, 'Remove'))))),
    h('form', {
      class: 'row alias-form',
      onsubmit: event => {
        event.preventDefault();
        const { alias, version } = event.target.elements;
        move(event.submitter ?? event.target, alias.value.trim(), Number(version.value)).then(() => (alias.value = ''));
      },
    }, h('input', { name: 'alias', required: true, placeholder: 'New alias', 'aria-label': 'New alias', autocomplete: 'off' }),
    h('select', { name: 'version', 'aria-label': 'Version of the new alias' }, versions.map(it => h('option', { value: String(it.version) }, 'version ' + it.version))),
    h('button', { type: 'submit' }, 'Set')));
}

async function remove(button, path, alias, again) {
  if (!(await ask({ title: 'Remove ' + alias + '?', text: 'Who asks for it is answered 404 then.', action: 'Remove it', danger: true }))) return;
  await act(button, () => send('DELETE', path + '/aliases/' + alias));
  again();
}
