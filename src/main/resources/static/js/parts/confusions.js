/** The newest evaluations of several jobs side by side: what each took for what, and what differs from class to class. */

import { url } from '../api.js';
import { h } from '../dom.js';
import { count, percent } from '../format.js';
import { section, table } from './bits.js';
import { matrix } from './evaluation.js';
import { empty } from './states.js';

const MEASURES = [['recall', 'Recall'], ['precision', 'Precision'], ['f1', 'F1']];

/**
 * @param compared [{job, name, colour, evaluation}], those that were evaluated
 * @param measure the one that the classes are compared by
 */
export function confusions(compared, measure, choose) {
  if (compared.length === 0) {
    return section('confusions', 'Confusion matrices', {}, empty('None of these jobs was evaluated yet', 'Held-out images are evaluated every training.stepsPerEvaluation steps and at the end.'));
  }
  const picture = url('plots/confusion.svg?jobs=' + compared.map(it => it.job.id).join(','));
  return [
    section('confusions', 'Confusion matrices', { tools: h('span', { class: 'files' }, h('a', { href: picture }, 'SVG'), h('a', { href: picture.replace('.svg', '.png') }, 'PNG')) },
      h('p', { class: 'note' }, 'Rows are what the images show, columns what was predicted.'),
      h('div', { class: 'matrices' }, compared.map(it => h('figure', { 'data-key': it.job.id },
        h('figcaption', {}, heading(it), h('span', { class: 'note' }, ' step ' + count(it.evaluation.step) + ', ' + percent(it.evaluation.metrics.accuracy) + ' right')),
        it.evaluation.confusionMatrix ? matrix(it.evaluation, it.name) : h('p', { class: 'note' }, 'None is kept of so many classes.'))))),
    section('per-class', 'Class by class', {
      tools: h('label', { class: 'inline-field' }, 'Measure ', h('select', { value: measure, onchange: event => choose(event.target.value) },
        MEASURES.map(([value, text]) => h('option', { value }, text)))),
    }, classes(compared, measure),
    compared.length > 1 && h('p', { class: 'note' }, 'Below each figure: the difference from ' + compared[0].name + ', in percentage points.')),
  ];
}

function heading({ name, colour }) {
  return [h('span', { class: 'swatch s' + (colour + 1) }), ' ', name];
}

function classes(compared, measure) {
  const figures = compared.map(({ evaluation }) => new Map(evaluation.classes.map(it => [it.label, it])));
  const labels = [...new Set(figures.flatMap(it => [...it.keys()]))];
  return table('Classes compared', [
    { name: 'Class', cell: label => label },
    { name: 'Images', cell: label => count(figures.find(it => it.has(label)).get(label).support), number: true },
    ...compared.map((it, i) => ({
      name: heading(it), number: true, cell: label => {
        const value = figures[i].get(label)?.[measure];
        const first = figures[0].get(label)?.[measure];
        return [percent(value), i > 0 && value !== undefined && first !== undefined && h('span', { class: 'delta ' + (value < first ? 'less' : value > first ? 'more' : '') }, points(value - first))];
      },
    })),
  ], labels, label => label);
}

function points(difference) {
  const rounded = (Math.abs(difference) * 100).toFixed(1);
  return (rounded === '0.0' ? '±' : difference < 0 ? '−' : '+') + rounded;
}
