import { get, url } from '../api.js';
import { h, patch } from '../dom.js';
import { between, count, decimal, duration, percent, seconds, sentence } from '../format.js';
import { live } from '../live.js';
import { copyable, figures, head, panel, tabs, when } from '../parts/bits.js';
import { chart, chartWidth } from '../parts/chart.js';
import { actions, ENDED, jobBadge, progress, WORKING } from '../parts/job-bits.js';
import { history } from '../parts/job-history.js';
import { evaluation } from '../parts/evaluation.js';
import { Series } from '../parts/series.js';
import { empty, stale } from '../parts/states.js';
import { go, keep } from '../router.js';

const TABS = [['log', 'Log'], ['evaluation', 'Evaluation'], ['history', 'History'], ['spec', 'Spec']];

export async function show(place) {
  const { id } = place.params;
  const path = 'jobs/' + id;
  const series = new Series(id);
  const known = { job: null, evaluations: null, checkpoints: [], tab: place.query.tab ?? 'log', step: null, problem: null };
  let again;

  async function refresh() {
    const { signal } = place;
    const job = await get(path, { signal });
    const [evaluations, checkpoints] = await Promise.all([
      get(path + '/evaluations?pageSize=50', { signal }),
      get(path + '/checkpoints?pageSize=500', { signal }),
      series.refresh(job, chartWidth(place.root), signal),
    ]);
    Object.assign(known, { job, evaluations, checkpoints: checkpoints.items, problem: null });
    draw();
  }

  function draw() {
    const { job, problem, tab } = known;
    place.title(job.name);
    patch(place.root,
      head(job.name, {
        kind: h('a', { href: '#/jobs' }, 'Jobs'), badges: jobBadge(job), note: origin(job),
        actions: actions(job, { changed: again, deleted: () => go('#/jobs') }),
      }),
      problem && stale(problem), said(job), summary(job), curves(job, series, known.checkpoints),
      tabs('parts of the job', TABS, tab, choose),
      panel(tab, content()));
  }

  function choose(tab) {
    known.tab = tab;
    keep({ tab: tab === 'log' ? '' : tab });
    draw();
  }

  function content() {
    const { job, evaluations, checkpoints: saved, tab, step } = known;
    switch (tab) {
      case 'evaluation':
        return evaluation(evaluations.items, step, it => { known.step = it; draw(); });
      case 'history':
        return history(job, saved);
      case 'spec':
        return copyable(JSON.stringify(job.spec, null, 2), 'What was submitted, defaults filled in.');
      default:
        return h('ty-log', { 'data-key': 'log', data: { path: path + '/log', growing: WORKING.has(job.status.state) } });
    }
  }

  await new Promise((resolve, reject) => {
    again = live({
      events: path + '/events', hear: event => series.hear(event), poll: path, refresh: () => refresh().then(resolve), signal: place.signal,
      resting: () => ENDED.has(known.job?.status.state),
      onProblem: problem => {
        if (!known.job) return reject(problem);
        known.problem = problem;
        draw();
      },
    });
  });
}

function origin(job) {
  const { model } = job.status;
  return [job.spec.model.type, ' on ', h('a', { href: '#/datasets/' + job.dataset.id }, job.dataset.name + ' ' + job.dataset.version),
    model && [' · made ', h('a', { href: '#/models/' + model.name + '/' + model.version }, model.name + ' ' + model.version)],
    ' · submitted ', when(job.createTime)];
}

/** What the service has to say: why it failed, why it waits, how it ended. */
function said(job) {
  const { state, reason, message, waiting, lastLines } = job.status;
  const text = waiting?.message ?? message;
  if (!text) return null;
  return h('div', { class: 'notice ' + (state === 'FAILED' ? 'bad' : ''), 'data-key': 'said' },
    (reason ?? waiting?.reason) && h('strong', {}, sentence(reason ?? waiting.reason), ': '), text,
    waiting && ' Position ' + count(waiting.position) + '.',
    lastLines?.length > 0 && h('pre', { class: 'code' }, Array.isArray(lastLines) ? lastLines.join('\n') : lastLines));
}

function summary(job) {
  const { metrics, progress: at, startTime, endTime, attempt, state } = job.status;
  const held = metrics?.evaluation;
  return h('div', { class: 'summary', 'data-key': 'summary' }, progress(job), figures([
    ['Loss', decimal(metrics?.loss)],
    ['Accuracy', percent(metrics?.accuracy)],
    ['Held-out accuracy', percent(held?.accuracy), held && 'at ' + count(held.step)],
    WORKING.has(state) && ['Rate', decimal(at.examplesPerSecond, 3), 'images/s'],
    WORKING.has(state) ? ['Left', at.eta ? duration(seconds(at.eta)) : '–'] : startTime && ['Took', between(startTime, endTime)],
    attempt > 0 && ['Attempt', count(attempt)],
    at.parameters && ['Parameters', count(at.parameters)],
  ]));
}

function curves(job, series, checkpoints) {
  if (series.names.length === 0) {
    return h('div', { class: 'summary', 'data-key': 'no-curves' }, ENDED.has(job.status.state)
      ? empty('No curves', 'It ended before its first step.')
      : empty('No curves yet', 'They begin with the first step, and move about once a second.'));
  }
  const marks = [
    ...checkpoints.map(({ step }) => ({ step, kind: 'checkpoint' })),
    ...job.status.attempts.slice(1).filter(it => it.fromStep !== undefined).map(it => ({ step: it.fromStep, kind: 'restart' })),
  ];
  const training = (name, more) => ({ name: 'training', ...series.line(name), ...more });
  const held = name => ({ name: 'held-out', ...series.line(name), dots: true, colour: 1 });
  return h('div', { class: 'curves', 'data-key': 'curves' },
    chart('loss', { title: 'Loss', marks, files: files(job, 'loss'), series: [training('loss'), held('val_loss')] }),
    chart('accuracy', { title: 'Accuracy', marks, files: files(job, 'accuracy'), format: percent, series: [training('accuracy'), held('val_accuracy')] }),
    chart('rate', { title: 'Learning rate', marks, files: files(job, 'learning-rate'), series: [training('learningRate')] }),
    chart('speed', { title: 'Images a second', marks, files: files(job, 'rate'), format: value => decimal(value, 3), series: [training('examplesPerSecond')] }),
    marks.length > 0 && h('p', { class: 'note marks' }, h('span', { class: 'mark-line' }), 'checkpoint ',
      marks.some(it => it.kind === 'restart') && [h('span', { class: 'mark-line restart' }), 'went on from here']));
}

/** The same as pictures, and all its figures. */
function files(job, plot) {
  const path = 'jobs/' + job.id;
  return [['SVG', url(path + '/plots/' + plot + '.svg')], ['PNG', url(path + '/plots/' + plot + '.png')], ['CSV', url(path + '/metrics?format=csv')]];
}
