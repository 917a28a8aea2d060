/** What several pages show of a job. */

import { send } from '../api.js';
import { h } from '../dom.js';
import { count, duration, plural, seconds } from '../format.js';
import { act, ask, toast } from './ask.js';
import { badge, bar } from './bits.js';

export const ENDED = new Set(['SUCCEEDED', 'FAILED', 'CANCELLED']);
export const WORKING = new Set(['PREPARING', 'RUNNING', 'PAUSING', 'CANCELLING']);

export function jobBadge(job) {
  const { state, phase } = job.status;
  return badge(state, state === 'RUNNING' && phase && phase !== 'TRAINING' ? phase.toLowerCase() : null);
}

export function jobLink(job) {
  return h('a', { href: '#/jobs/' + job.id, class: 'strong' }, job.name);
}

export function progress(job) {
  const { step, totalSteps, percent, eta } = job.status.progress;
  return h('div', { class: 'progress' }, bar(percent, 'Progress of ' + job.name),
    h('span', { class: 'progress-text' }, count(step) + ' of ' + plural(totalSteps, 'step'),
      eta && WORKING.has(job.status.state) ? ' · ' + duration(seconds(eta)) + ' left' : ''));
}

const VERBS = {
  pause: { name: 'Pause', states: ['QUEUED', 'PREPARING', 'RUNNING'], said: 'It pauses after a checkpoint.' },
  resume: { name: 'Resume', states: ['PAUSED'], said: 'It is in the queue again.' },
  retry: { name: 'Retry', states: ['FAILED', 'CANCELLED'], said: 'It is in the queue again, from its last checkpoint.' },
  cancel: {
    name: 'Cancel', states: ['QUEUED', 'PREPARING', 'RUNNING', 'PAUSING', 'PAUSED'], said: 'It is being cancelled.', danger: true,
    text: 'A running trainer finishes its step and writes a checkpoint, so the job can be retried from there.',
  },
};

/** The buttons that make sense in the job's state. */
export function actions(job, { changed, deleted }) {
  const state = job.status.state;
  const path = 'jobs/' + job.id;
  const verbs = Object.entries(VERBS).filter(([, it]) => it.states.includes(state)).map(([verb, it]) => h('button', {
    type: 'button', class: it.danger ? 'danger' : null,
    onclick: async ({ currentTarget: button }) => {
      if (it.danger && !(await ask({ title: it.name + ' ' + job.name + '?', text: it.text, action: it.name + ' it', danger: true }))) return;
      if ((await act(button, () => send('POST', path + '/' + verb))) !== undefined) toast(it.said);
      changed();
    },
  }, it.name));
  return [
    verbs,
    !ENDED.has(state) && h('button', { type: 'button', onclick: event => priority(event.currentTarget, job, changed) }, 'Priority'),
    h('a', { class: 'button', href: '#/new?from=' + job.id }, 'Clone'),
    h('a', { class: 'button', href: '#/compare?jobs=' + job.id }, 'Compare'),
    ENDED.has(state) && h('button', { type: 'button', class: 'danger', onclick: event => remove(event.currentTarget, job, deleted) }, 'Delete'),
  ];
}

async function priority(button, job, changed) {
  const field = h('label', { class: 'field' }, h('span', {}, 'Priority, -100 to 100; the higher comes first'),
    h('input', { type: 'number', name: 'priority', min: -100, max: 100, required: true, value: job.status.priority }));
  const answer = await ask({ title: 'Priority of ' + job.name, action: 'Set it', fields: [field] });
  if (!answer) return;
  await act(button, () => send('POST', 'jobs/' + job.id + '/priority', { priority: Number(answer.priority) }));
  changed();
}

async function remove(button, job, deleted) {
  const sure = await ask({
    title: 'Delete ' + job.name + '?', action: 'Delete it', danger: true,
    text: 'Its checkpoints, metrics and log go. The model that it made stays.',
  });
  if (!sure) return;
  const gone = await act(button, async () => {
    await send('DELETE', 'jobs/' + job.id);
    return true;
  });
  if (gone) {
    toast(job.name + ' is deleted.');
    deleted();
  }
}
