import { get, getText } from '../api.js';
import { h, patch } from '../dom.js';
import { between, bytes, count, decimal, duration, percent, plural, seconds, words } from '../format.js';
import { live } from '../live.js';
import { badge, bar, facts, head, id, records, section, when } from '../parts/bits.js';
import { chart, chartWidth } from '../parts/chart.js';
import { jobBadge, jobLink, progress } from '../parts/job-bits.js';
import { Series } from '../parts/series.js';
import { empty, stale } from '../parts/states.js';

const SHOWN = 6; // running jobs with curves
const DISK_EVERY = 10_000;

export async function show(place) {
  place.title('Overview');
  const series = new Map();
  const known = { disk: null, diskAt: -DISK_EVERY };

  async function refresh() {
    const { signal } = place;
    const [working, waiting, ended, workers, datasets] = await Promise.all([
      get('jobs?state=PREPARING,RUNNING,PAUSING,CANCELLING&pageSize=50', { signal }),
      get('jobs?state=QUEUED,PAUSED&pageSize=100', { signal }),
      get('jobs?state=SUCCEEDED,FAILED,CANCELLED&pageSize=8', { signal }),
      get('workers', { signal }),
      get('datasets?state=CONVERTING&pageSize=20', { signal }),
    ]);
    const drawn = working.items.slice(0, SHOWN);
    for (const job of drawn) if (!series.has(job.id)) series.set(job.id, new Series(job.id));
    for (const key of series.keys()) if (!drawn.some(job => job.id === key)) series.delete(key);
    await Promise.all(drawn.map(job => series.get(job.id).refresh(job, chartWidth(place.root), signal)));
    if (performance.now() - known.diskAt > DISK_EVERY) {
      known.diskAt = performance.now();
      known.disk = await disk(signal).catch(() => known.disk);
    }
    Object.assign(known, { working, waiting, ended, workers, datasets, problem: null });
    draw();
  }

  function draw() {
    const { working, waiting, ended, workers, datasets, problem } = known;
    patch(place.root, head('Overview', { note: summary(working, waiting, workers) }), problem && stale(problem),
      h('div', { class: 'columns', 'data-key': 'columns' },
        h('div', { class: 'column wide', 'data-key': 'left' },
          section('running', 'Running', { more: working.items.length || null }, running(working.items, series)),
          datasets.items.length > 0 && section('converting', 'Converting', { more: datasets.items.length }, datasets.items.map(converting)),
          section('queue', 'Queue', { more: waiting.items.length || null }, queue(waiting.items)),
          section('ended', 'Ended', { tools: h('a', { href: '#/jobs' }, 'All jobs') }, recent(ended.items))),
        h('aside', { class: 'column', 'data-key': 'right', 'aria-label': 'Machines' },
          section('workers', 'Workers', { more: workers.items.length || null }, workerList(workers.items)),
          section('disk', 'Disk', {}, known.disk ? known.disk.map((it, _, all) => diskBar(it, all.length === 1 ? 'Data folder' : it.path)) : h('p', { class: 'note' }, 'The service tells nothing of its disk.')))));
  }

  await new Promise((resolve, reject) => {
    live({
      events: 'events', hear: event => series.forEach(it => it.hear(event)), refresh: () => refresh().then(resolve), signal: place.signal,
      onProblem: problem => {
        if (!known.working) return reject(problem);
        known.problem = problem;
        draw();
      },
    });
  });
}

function summary(working, waiting, workers) {
  const alive = workers.items.filter(it => it.state !== 'LOST');
  const slots = alive.reduce((sum, it) => sum + it.slots, 0);
  return [plural(working.items.length, 'job runs', 'jobs run'), plural(waiting.items.length, 'waits', 'wait'),
    plural(slots, 'slot') + ' on ' + plural(alive.length, 'worker')].join(' · ');
}

function running(jobs, series) {
  if (jobs.length === 0) {
    return empty('Nothing runs', 'A job begins as soon as a worker has a free slot.', h('a', { class: 'button', href: '#/new' }, 'New job'));
  }
  return h('div', { class: 'cards' }, jobs.map(job => {
    const { metrics, startTime } = job.status;
    const rate = job.status.progress.examplesPerSecond;
    const own = series.get(job.id);
    return h('article', { class: 'card', 'data-key': job.id },
      h('div', { class: 'card-head' }, jobLink(job), jobBadge(job),
        h('span', { class: 'push note' }, job.spec.model.type, ' on ', h('a', { href: '#/datasets/' + job.dataset.id }, job.dataset.name), ' · ', between(startTime))),
      progress(job),
      own && h('div', { class: 'pair' },
        chart('loss-' + job.id, {
          title: 'Loss', compact: true, series: [{ name: 'training', ...own.line('loss') }, { name: 'held-out', ...own.line('val_loss'), dots: true, colour: 1 }],
        }),
        chart('accuracy-' + job.id, {
          title: 'Accuracy', compact: true, format: percent,
          series: [{ name: 'training', ...own.line('accuracy') }, { name: 'held-out', ...own.line('val_accuracy'), dots: true, colour: 1 }],
        })),
      facts([['Loss', decimal(metrics?.loss)], ['Held-out accuracy', percent(metrics?.evaluation?.accuracy)],
        ['Rate', rate && decimal(rate, 3) + ' images/s'], ['Attempt', job.status.attempt > 1 && count(job.status.attempt)]].filter(it => it[1]), 'inline'));
  }));
}

function converting(dataset) {
  const { phase, imagesDone, imagesTotal, imagesPerSecond, eta } = dataset.progress ?? {};
  return h('article', { class: 'card', 'data-key': dataset.id },
    h('div', { class: 'card-head' }, h('a', { class: 'strong', href: '#/datasets/' + dataset.id }, dataset.name), badge(dataset.state, phase && words(phase))),
    h('div', { class: 'progress' }, bar(imagesTotal ? imagesDone / imagesTotal * 100 : 0, 'Progress of ' + dataset.name),
      h('span', { class: 'progress-text' }, imagesTotal ? count(imagesDone) + ' / ' + count(imagesTotal) + ' images' : 'looking what there is',
        imagesPerSecond ? ' · ' + decimal(imagesPerSecond, 3) + '/s' : '', eta ? ' · ' + duration(seconds(eta)) + ' left' : '')));
}

function queue(jobs) {
  if (jobs.length === 0) return empty('Nothing waits', null);
  const sorted = [...jobs].sort((a, b) => (a.status.waiting?.position ?? 1e9) - (b.status.waiting?.position ?? 1e9));
  return records('Queue', [
    { name: '#', cell: job => job.status.waiting?.position ?? '', number: true, plain: true },
    { name: 'Job', cell: jobLink, title: true },
    { name: 'State', cell: jobBadge, plain: true },
    { name: 'Why', cell: job => h('span', { class: 'note' }, job.status.waiting?.message ?? job.status.message ?? ''), wide: true },
    { name: 'Priority', cell: job => job.status.priority, number: true },
    { name: 'Since', cell: job => when(job.createTime) },
  ], sorted, job => job.id);
}

function recent(jobs) {
  if (jobs.length === 0) return empty('Nothing has ended yet', null);
  return records('Jobs that ended', [
    { name: 'Job', cell: jobLink, title: true },
    { name: 'State', cell: jobBadge, plain: true },
    { name: 'Accuracy', cell: job => percent(job.status.metrics?.evaluation?.accuracy), number: true },
    { name: 'Took', cell: job => between(job.status.startTime, job.status.endTime), number: true },
    { name: 'Model', cell: job => job.status.model ? h('a', { href: '#/models/' + job.status.model.name + '/' + job.status.model.version }, job.status.model.name + ' ' + job.status.model.version) : '' },
    { name: 'Ended', cell: job => when(job.status.endTime ?? job.createTime) },
  ], jobs, job => job.id);
}

function workerList(workers) {
  if (workers.length === 0) return empty('No worker lives', 'Jobs wait until a process with the role worker is started.');
  return h('ul', { class: 'plain-list' }, workers.map(worker => h('li', { class: 'item', 'data-key': worker.id },
    h('div', { class: 'item-head' }, h('span', { class: 'strong break' }, worker.id), badge(worker.state)),
    h('div', { class: 'slots', role: 'img', 'aria-label': worker.runningJobs.length + ' of ' + worker.slots + ' slots busy' },
      Array.from({ length: worker.slots }, (_, i) => h('span', { class: i < worker.runningJobs.length ? 'slot busy' : 'slot' }))),
    facts([
      ['Slots', worker.runningJobs.length + ' of ' + worker.slots + ' busy'],
      ['Runs', worker.runningJobs.length > 0 && worker.runningJobs.map(job => h('a', { href: '#/jobs/' + job }, id(job), ' '))],
      ['Devices', worker.devices.map(it => it.description).join('; ')],
      ['Memory', worker.devices[0]?.memoryBytes && bytes(worker.devices[0].memoryBytes)],
      ['TensorFlow', worker.tensorflowVersion],
      ['Labels', worker.labels.join(', ')],
      ['Seen', when(worker.heartbeatTime)],
    ].filter(it => it[1])))));
}

function diskBar({ path, free, total }, name) {
  return h('div', { class: 'item', 'data-key': path },
    h('div', { class: 'item-head' }, h('span', { class: 'strong break', title: path }, name)),
    bar((1 - free / total) * 100, 'Disk used'),
    h('p', { class: 'note' }, bytes(free) + ' free of ' + bytes(total)));
}

/** The disk of the data folder, from the metrics: nothing else tells it. */
async function disk(signal) {
  const response = await getText(new URL('actuator/prometheus', document.baseURI).href, { signal });
  const values = {};
  for (const [, kind, path, value] of (await response.text()).matchAll(/^disk_(free|total)_bytes\{.*?path="([^"]*)".*?\} (\S+)$/gm)) {
    (values[path] ??= { path })[kind] = Number(value);
  }
  const disks = Object.values(values).filter(it => it.total > 0);
  return disks.length > 0 ? disks : null;
}
