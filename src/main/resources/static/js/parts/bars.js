/** Bars of HTML: each is a row of a table that says the same in figures. */

import { h } from '../dom.js';
import { count, decimal, percent } from '../format.js';

/** Images of each class, those to train and those held out. */
export function balance(classes) {
  const most = Math.max(1, ...classes.map(it => it.train + it.validation));
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Images of each class' }, h('table', { class: 'bars' },
    h('thead', {}, h('tr', {}, h('th', { scope: 'col' }, 'Class'), h('th', { scope: 'col', class: 'number' }, h('span', { class: 'swatch' }), ' Train'), h('th', { scope: 'col', class: 'number' }, h('span', { class: 'swatch s2' }), ' Held out'), h('td', {}))),
    h('tbody', {}, classes.map(it => h('tr', {}, h('th', { scope: 'row' }, it.label), h('td', { class: 'number' }, count(it.train)), h('td', { class: 'number' }, count(it.validation)),
      h('td', { class: 'bar-cell', 'aria-hidden': 'true' }, h('span', { class: 'piece', style: { width: it.train / most * 100 + '%' } }), h('span', { class: 'piece second', style: { width: it.validation / most * 100 + '%' } })))))));
}

export function histogram(name, { min, max, mean, buckets }, format = it => decimal(it, 3)) {
  const most = Math.max(1, ...buckets.map(it => it.images));
  return h('div', { class: 'histogram' },
    h('div', { class: 'histogram-head' }, h('span', {}, name), h('span', { class: 'note' }, format(min) + ' to ' + format(max) + ', mean ' + format(mean))),
    h('table', { class: 'bars slim' }, h('tbody', {}, buckets.map(it => h('tr', {}, h('th', { scope: 'row' }, format(it.from) + '–' + format(it.to)), h('td', { class: 'number' }, count(it.images)),
      h('td', { class: 'bar-cell', 'aria-hidden': 'true' }, h('span', { class: 'piece', style: { width: it.images / most * 100 + '%' } })))))));
}

/** What a model says of an image, the likeliest first. */
export function predictions(classes) {
  return h('table', { class: 'bars predictions' },
    h('thead', { class: 'hidden' }, h('tr', {}, h('th', { scope: 'col' }, 'Class'), h('th', { scope: 'col' }, 'Probability'), h('td', {}))),
    h('tbody', {}, classes.map((it, i) => h('tr', { class: i === 0 ? 'first' : null }, h('th', { scope: 'row' }, it.label), h('td', { class: 'number' }, percent(it.probability)),
      h('td', { class: 'bar-cell', 'aria-hidden': 'true' }, h('span', { class: 'piece', style: { width: it.probability * 100 + '%' } }))))));
}
