/** Small things that every page uses. */

import { h } from '../dom.js';
import { ago, label, time, words } from '../format.js';
import { copyButton } from './ask.js';

const MARKS = {
  QUEUED: 'wait', PREPARING: 'go', RUNNING: 'go', CONVERTING: 'go', PAUSING: 'wait', PAUSED: 'wait', CANCELLING: 'wait',
  SUCCEEDED: 'good', READY: 'good', ACTIVE: 'good', FAILED: 'bad', LOST: 'bad', CANCELLED: 'off', DRAINING: 'wait',
};

export function badge(state, more) {
  return h('span', { class: 'badge ' + (MARKS[state] ?? 'off'), 'data-state': state }, label(words(state)), more && h('span', { class: 'badge-more' }, more));
}

export function when(iso) {
  return h('time', { datetime: iso, title: time(iso) }, ago(iso));
}

export function id(text) {
  return h('code', { class: 'id', title: text }, text.slice(0, 8));
}

export function head(title, { kind, badges, actions, note } = {}) {
  return h('header', { class: 'head', 'data-key': 'head' },
    h('div', { class: 'head-text' }, kind && h('p', { class: 'kind' }, kind), h('h1', {}, title, ' ', badges), note && h('p', { class: 'note' }, note)),
    actions && h('div', { class: 'actions' }, actions));
}

/** @param key keeps the section's nodes apart from others when the page is drawn again */
export function section(key, title, { more, tools } = {}, ...content) {
  const heading = 'h-' + key;
  return h('section', { class: 'section', 'data-key': key, 'aria-labelledby': heading },
    h('div', { class: 'section-head' }, h('h2', { id: heading }, title), more && h('span', { class: 'more' }, more), tools && h('div', { class: 'tools' }, tools)),
    content);
}

export function bar(percent, name) {
  return h('progress', { class: 'bar', max: 100, value: percent ?? 0, 'aria-label': name });
}

/** Pairs of a name and a value, the absent ones left out. */
export function facts(pairs, kind = '') {
  return h('dl', { class: 'facts ' + kind }, pairs.filter(it => it && it[1] !== undefined && it[1] !== null && it[1] !== '')
    .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));
}

/** A figure that is read from afar. */
export function figures(pairs) {
  return h('dl', { class: 'figures' }, pairs.filter(Boolean).map(([name, value, more]) =>
    h('div', {}, h('dt', {}, name), h('dd', {}, value, more && h('span', { class: 'unit' }, ' ', more)))));
}

/** A table that scrolls in itself where it is too wide. Columns: {name, cell(item), number}. */
export function table(name, columns, items, keyOf = (_, i) => i) {
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': name },
    h('table', {},
      h('thead', {}, h('tr', {}, columns.map(it => (it.name === '' ? h('td', {}) : h('th', { scope: 'col', class: it.number ? 'number' : null }, it.name))))),
      h('tbody', {}, items.map((item, i) => h('tr', { 'data-key': keyOf(item, i) },
        columns.map(it => h('td', { class: it.number ? 'number' : null }, it.cell(item))))))));
}

/** The same, but on a phone each row is a block of its own. Columns with title, plain or wide have no name there. The roles are what is left of a table then. */
export function records(name, columns, items, keyOf) {
  const classes = it => [it.number && 'number', it.title && 'title', it.wide && 'wide'].filter(Boolean).join(' ') || null;
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': name },
    h('table', { class: 'records', role: 'table' },
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, columns.map(it => (it.name === '' ? h('td', { role: 'cell' }) : h('th', { scope: 'col', role: 'columnheader', class: classes(it) }, it.name))))),
      h('tbody', { role: 'rowgroup' }, items.map((item, i) => h('tr', { role: 'row', 'data-key': keyOf(item, i) },
        columns.map(it => h('td', { role: 'cell', class: classes(it), 'data-name': it.title || it.plain || it.wide ? null : it.name || null }, it.cell(item))))))));
}

/** Text to take along. */
export function copyable(text, note) {
  return h('div', { class: 'copyable' }, h('div', { class: 'row tools-row' }, note && h('span', { class: 'note' }, note), h('span', { class: 'push' }, copyButton(() => text))),
    h('pre', { class: 'code', tabindex: 0 }, text));
}

export function link(href, text, attributes) {
  return h('a', { href, ...attributes }, text);
}

/** Tabs as WAI-ARIA has them: arrows move, one is shown. */
export function tabs(name, list, chosen, choose) {
  return h('div', { class: 'tabs', role: 'tablist', 'aria-label': name, 'data-key': 'tabs-' + name },
    list.map(([key, text]) => h('button', {
      type: 'button', role: 'tab', id: 'tab-' + key, 'aria-selected': String(key === chosen), 'aria-controls': 'panel',
      tabindex: key === chosen ? 0 : -1, onclick: () => choose(key),
      onkeydown: event => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        const to = list[(list.findIndex(it => it[0] === chosen) + step + list.length) % list.length][0];
        choose(to);
        document.getElementById('tab-' + to)?.focus();
      },
    }, text)));
}

export function panel(chosen, ...content) {
  return h('div', { class: 'panel', role: 'tabpanel', id: 'panel', 'aria-labelledby': 'tab-' + chosen, 'data-key': 'panel-' + chosen }, content);
}
