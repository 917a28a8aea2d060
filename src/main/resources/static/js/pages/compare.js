import { get } from '../api.js';
import { h, patch } from '../dom.js';
import { between, count, decimal, label, percent, plural } from '../format.js';
import { live } from '../live.js';
import { head, records, section, table } from '../parts/bits.js';
import { chart, chartWidth } from '../parts/chart.js';
import { confusions } from '../parts/confusions.js';
import { jobBadge, jobLink, WORKING } from '../parts/job-bits.js';
import { Series } from '../parts/series.js';
import { empty, stale } from '../parts/states.js';
import { keep } from '../router.js';

const MOST = 8;
const USUAL = ['loss', 'val_loss', 'accuracy', 'val_accuracy', 'learningRate', 'examplesPerSecond'];
const NAMES = { val_loss: 'Held-out loss', val_accuracy: 'Held-out accuracy', learningRate: 'Learning rate', examplesPerSecond: 'Images a second' };

export async function show(place) {
  place.title('Compare');
  const chosen = (place.query.jobs ?? '').split(',').filter(Boolean).slice(0, MOST);
  let metric = place.query.metric ?? 'val_accuracy';
  let measure = place.query.measure ?? 'recall';
  const series = new Map();
  const known = { jobs: null, others: null, evaluations: null, problem: null };

  async function refresh() {
    const { signal } = place;
    const [others, ...jobs] = await Promise.all([get('jobs?pageSize=100', { signal }), ...chosen.map(id => get('jobs/' + id, { signal }))]);
    for (const job of jobs) if (!series.has(job.id)) series.set(job.id, new Series(job.id));
    const evaluations = await Promise.all(jobs.map(job => get('jobs/' + job.id + '/evaluations?pageSize=1', { signal })));
    await Promise.all(jobs.map(job => series.get(job.id).refresh(job, chartWidth(place.root), signal)));
    Object.assign(known, { jobs, others, evaluations, problem: null });
    draw();
  }

  function change() {
    keep({ jobs: chosen.join(','), metric, measure });
    refresh().catch(problem => {
      known.problem = problem;
      draw();
    });
  }

  function draw() {
    const { jobs, others, problem } = known;
    const names = [...new Set([...USUAL, ...jobs.flatMap(job => series.get(job.id)?.names ?? [])])];
    patch(place.root, head('Compare', { note: 'Up to eight jobs in one plot.' }), problem && stale(problem),
      h('div', { class: 'row tools-row', 'data-key': 'tools' },
        h('label', { class: 'inline-field' }, 'Metric ', h('select', { value: metric, onchange: event => { metric = event.target.value; change(); } },
          names.map(name => h('option', { value: name }, NAMES[name] ?? label(name))))),
        h('label', { class: 'inline-field' }, 'Add a job ', h('select', {
          value: '', disabled: chosen.length >= MOST,
          onchange: event => { if (event.target.value) chosen.push(event.target.value); event.target.value = ''; change(); },
        }, h('option', { value: '' }, chosen.length >= MOST ? 'eight are the most' : 'choose …'),
        others.items.filter(job => !chosen.includes(job.id)).map(job => h('option', { value: job.id }, job.name + ' · ' + job.id.slice(0, 8) + ' · ' + job.status.state.toLowerCase()))))),
      jobs.length === 0 ? empty('No job chosen', 'Choose some above, or tick them in the list of jobs.', h('a', { class: 'button', href: '#/jobs' }, 'Jobs')) : [plot(jobs), listed(jobs), jobs.length > 1 && differences(jobs), matrices(jobs)]);
  }

  function plot(jobs) {
    const percents = /accuracy|precision|recall|f1/.test(metric);
    return h('div', { class: 'curves one', 'data-key': 'plot' }, chart('compare', {
      title: NAMES[metric] ?? label(metric), format: percents ? percent : decimal, none: 'None of these jobs has this metric yet.',
      series: jobs.map((job, i) => ({ name: title(job, jobs), ...series.get(job.id).line(metric), colour: i, dots: metric.startsWith('val_') })),
    }));
  }

  function matrices(jobs) {
    const compared = jobs.map((job, i) => ({ job, name: title(job, jobs), colour: i, evaluation: known.evaluations[i].items[0] }));
    return confusions(compared.filter(it => it.evaluation), measure, it => { measure = it; change(); });
  }

  function listed(jobs) {
    return section('jobs', 'Jobs', { more: count(jobs.length) }, records('Compared jobs', [
      { name: '', cell: job => h('span', { class: 'swatch s' + (jobs.indexOf(job) + 1) }) },
      { name: 'Job', cell: jobLink, title: true },
      { name: 'State', cell: jobBadge, plain: true },
      { name: 'Step', cell: job => count(job.status.progress.step), number: true },
      { name: 'Loss', cell: job => decimal(job.status.metrics?.evaluation?.loss ?? job.status.metrics?.loss), number: true },
      { name: 'Held-out accuracy', cell: job => percent(job.status.metrics?.evaluation?.accuracy), number: true },
      { name: 'Ran', cell: job => between(job.status.startTime, WORKING.has(job.status.state) ? null : job.status.endTime), number: true },
      { name: '', cell: job => h('button', { type: 'button', class: 'plain small', 'aria-label': 'Leave out ' + job.name, onclick: () => { chosen.splice(chosen.indexOf(job.id), 1); change(); } }, 'Leave out') },
    ], jobs, job => job.id));
  }

  await new Promise((resolve, reject) => {
    live({
      events: 'events', hear: event => series.forEach(it => it.hear(event)), refresh: () => refresh().then(resolve), signal: place.signal,
      onProblem: problem => {
        if (!known.jobs) return reject(problem);
        known.problem = problem;
        draw();
      },
    });
  });
}

/** What their specs differ in. */
function differences(jobs) {
  const specs = jobs.map(job => flat(job.spec));
  const paths = [...new Set(specs.flatMap(it => Object.keys(it)))].filter(path => path !== 'name' && new Set(specs.map(it => it[path])).size > 1);
  return section('specs', 'Specs', { more: paths.length === 0 ? 'the same' : plural(paths.length, 'difference') }, paths.length > 0 && table('What the specs differ in', [
    { name: 'Field', cell: path => h('code', {}, path) },
    ...jobs.map((job, i) => ({ name: [h('span', { class: 'swatch s' + (i + 1) }), ' ', title(job, jobs)], cell: path => String(specs[i][path] ?? '–') })),
  ], paths, path => path));
}

/** Names need not be unique: where two are the same, the id tells them apart. */
function title(job, jobs) {
  return jobs.filter(it => it.name === job.name).length > 1 ? job.name + ' ' + job.id.slice(0, 4) : job.name;
}

function flat(value, path = '') {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return { [path]: Array.isArray(value) ? value.join(', ') : value };
  return Object.assign({}, ...Object.entries(value).map(([name, it]) => flat(it, path ? path + '.' + name : name)));
}
