/** What a place shows while there is nothing to show: loading, empty, failed. */

import { h } from '../dom.js';

export function loading(what) {
  return h('div', { class: 'state loading', role: 'status', 'aria-label': what },
    h('span', { class: 'bone wide' }), h('span', { class: 'bone' }), h('span', { class: 'bone short' }));
}

/** @param action a button or link that helps */
export function empty(title, text, action) {
  return h('div', { class: 'state empty' }, h('p', { class: 'state-title' }, title), text && h('p', {}, text), action);
}

/** @param again what to do once more, or a link that helps better */
export function failure(problem, again, heading = 'p') {
  return h('div', { class: 'state failed', role: 'alert' },
    h(heading, { class: 'state-title' }, problem.title ?? 'This page failed'),
    problem.message !== problem.title && h('p', {}, problem.message),
    problem.errors?.length > 0 && h('ul', {}, problem.errors.map(it => h('li', {}, h('code', {}, it.field), ' ', it.message))),
    again instanceof Node ? again : again && h('button', { type: 'button', onclick: again }, 'Try again'));
}

/** A line at the head of a page whose newest refresh failed, above what is known. */
export function stale(problem) {
  return h('div', { class: 'notice bad', role: 'alert', 'data-key': 'stale' }, h('strong', {}, problem.title ?? 'Not up to date'), ' ', problem.message);
}

export function notice(kind, ...content) {
  return h('div', { class: 'notice ' + kind }, content);
}
