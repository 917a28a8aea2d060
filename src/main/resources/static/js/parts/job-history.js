/** What happened to a job: its states, its attempts, its checkpoints. */

import { h } from '../dom.js';
import { between, bytes, count, time, words } from '../format.js';
import { badge, section, table, when } from './bits.js';
import { empty } from './states.js';

export function history(job, checkpoints) {
  const { transitions, attempts } = job.status;
  return h('div', { class: 'history' },
    section('transitions', 'Transitions', {}, h('ol', { class: 'timeline' }, transitions.map((it, i) => h('li', { 'data-key': i },
      badge(it.state), h('span', { class: 'note' }, time(it.time), i > 0 && ' · after ' + between(transitions[i - 1].time, it.time)),
      (it.reason || it.message) && h('p', {}, it.reason && h('strong', {}, words(it.reason), ' '), it.message))))),
    section('attempts', 'Attempts', {}, attempts.length === 0 ? empty('No worker has taken it yet', null) : table('Attempts', [
      { name: '#', cell: it => it.number, number: true },
      { name: 'Worker', cell: it => it.worker },
      { name: 'Steps', cell: it => it.fromStep === undefined ? '–' : count(it.fromStep) + ' to ' + count(it.toStep), number: true },
      { name: 'Done again', cell: it => count(it.stepsRedone), number: true },
      { name: 'Took', cell: it => between(it.startTime, it.endTime), number: true },
      { name: 'End', cell: it => it.outcome ? label(it) : 'runs' },
    ], attempts, it => it.number)),
    section('checkpoints', 'Checkpoints', { more: checkpoints.length || null }, checkpoints.length === 0 ? empty('None saved yet', null) : table('Checkpoints', [
      { name: 'Step', cell: it => count(it.step), number: true },
      { name: 'Size', cell: it => bytes(it.bytes), number: true },
      { name: 'Written', cell: it => when(it.time) },
    ], checkpoints, it => it.step)));
}

function label(attempt) {
  return h('span', { title: attempt.message }, words(attempt.outcome), attempt.reason && attempt.reason !== attempt.outcome && ', ' + words(attempt.reason));
}
