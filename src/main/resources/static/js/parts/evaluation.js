/** One evaluation of the held-out images: its figures, those of each class, and the confusion matrix. */

import { h } from '../dom.js';
import { count, decimal, label, percent, time } from '../format.js';
import { figures, section, table } from './bits.js';
import { empty } from './states.js';

/** @param step of the one to show; null for the newest */
export function evaluation(all, step, choose) {
  if (all.length === 0) return empty('Not evaluated yet', 'Held-out images are evaluated every training.stepsPerEvaluation steps and at the end.');
  const shown = all.find(it => it.step === step) ?? all[0];
  return h('div', { class: 'evaluation' },
    h('div', { class: 'row tools-row' },
      h('label', { class: 'inline-field' }, 'Evaluation at step ',
        h('select', { value: String(shown.step), onchange: event => choose(Number(event.target.value)) },
          all.map(it => h('option', { value: String(it.step) }, count(it.step))))),
      h('span', { class: 'note' }, count(shown.examples) + ' images' + (shown.leftOut ? ', ' + count(shown.leftOut) + ' left out' : '') + (shown.time ? ' · ' + time(shown.time) : ''))),
    scores(shown));
}

export function scores(shown) {
  return h('div', { class: 'scores' },
    figures(Object.entries(shown.metrics).map(([name, value]) => [label(name), name === 'loss' ? decimal(value) : percent(value)])),
    h('div', { class: 'columns even' },
      section('classes', 'Classes', {}, table('Figures of each class', [
        { name: 'Class', cell: it => it.label },
        { name: 'Precision', cell: it => percent(it.precision), number: true },
        { name: 'Recall', cell: it => percent(it.recall), number: true },
        { name: 'F1', cell: it => percent(it.f1), number: true },
        { name: 'Images', cell: it => count(it.support), number: true },
      ], shown.classes ?? [], it => it.label)),
      shown.confusionMatrix && section('confusion', 'Confusion matrix', {}, h('p', { class: 'note' }, 'Rows are what the images show, columns what was predicted.'), matrix(shown))));
}

/** @param of whose it is, where there are several */
export function matrix({ confusionMatrix, classes }, of) {
  const names = classes.map(it => it.label);
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Confusion matrix' + (of ? ' of ' + of : '') },
    h('table', { class: 'matrix' },
      h('thead', {}, h('tr', {}, h('td', {}), names.map(name => h('th', { scope: 'col', title: name }, name)))),
      h('tbody', {}, confusionMatrix.map((row, i) => {
        const total = row.reduce((a, b) => a + b, 0) || 1;
        return h('tr', {}, h('th', { scope: 'row', title: names[i] }, names[i]), row.map((n, j) => h('td', {
          class: n === 0 ? 'none' : i === j ? 'right' : 'wrong', style: { '--share': n / total },
          title: names[i] + ' taken for ' + names[j] + ': ' + n,
        }, count(n))));
      }))));
}
