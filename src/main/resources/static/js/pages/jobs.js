import { get } from '../api.js';
import { h, patch } from '../dom.js';
import { between, decimal, percent } from '../format.js';
import { live } from '../live.js';
import { head, records, when } from '../parts/bits.js';
import { jobBadge, jobLink, progress, WORKING } from '../parts/job-bits.js';
import { empty, stale } from '../parts/states.js';
import { keep } from '../router.js';

const MOST = 8;
const FILTERS = [
  ['', 'All'], ['QUEUED,PAUSED', 'Waiting'], ['PREPARING,RUNNING,PAUSING,CANCELLING', 'Running'], ['SUCCEEDED', 'Succeeded'], ['FAILED', 'Failed'], ['CANCELLED', 'Cancelled'],
];

export async function show(place) {
  place.title('Jobs');
  const chosen = new Set();
  let { state = '', name = '' } = place.query;
  let size = 50;
  let page = null;
  let problem = null;

  async function refresh() {
    const query = new URLSearchParams({ pageSize: size, ...(state && { state }), ...(name && { name }) });
    page = await get('jobs?' + query, { signal: place.signal });
    problem = null;
    draw();
  }

  function look() {
    keep({ state, name });
    refresh().catch(failed);
  }

  function failed(it) {
    problem = it;
    if (page) draw();
  }

  function draw() {
    patch(place.root, head('Jobs'), problem && stale(problem),
      h('div', { class: 'row tools-row', 'data-key': 'filter' },
        h('div', { class: 'choice', role: 'group', 'aria-label': 'State' }, FILTERS.map(([value, text]) => h('button', {
          type: 'button', 'aria-pressed': String(value === state), onclick: () => { state = value; look(); },
        }, text))),
        h('input', { type: 'search', placeholder: 'Exact name', 'aria-label': 'Name', value: name, onchange: event => { name = event.target.value.trim(); look(); } }),
        h('a', {
          class: 'button push' + (chosen.size === 0 ? ' off' : ''), 'aria-disabled': String(chosen.size === 0),
          href: chosen.size === 0 ? '#/compare' : '#/compare?jobs=' + [...chosen].join(','),
        }, 'Compare ' + (chosen.size || ''))),
      page.items.length === 0
        ? empty(state || name ? 'No such jobs' : 'No jobs yet', state || name ? 'Nothing fits the filter.' : 'A job trains a network on a dataset and ends with a model.', h('a', { class: 'button', href: '#/new' }, 'New job'))
        : rows(page.items),
      page.nextPageToken && size < 500 && h('p', { class: 'center', 'data-key': 'more' }, h('button', { type: 'button', onclick: () => { size = Math.min(500, size * 2); look(); } }, 'Show more')));
  }

  function rows(jobs) {
    return records('Jobs', [
      { name: '', cell: job => h('input', {
        type: 'checkbox', 'aria-label': 'Compare ' + job.name, checked: chosen.has(job.id), disabled: !chosen.has(job.id) && chosen.size >= MOST,
        onchange: event => { event.target.checked ? chosen.add(job.id) : chosen.delete(job.id); draw(); },
      }) },
      { name: 'Job', cell: jobLink, title: true },
      { name: 'State', cell: jobBadge, plain: true },
      { name: 'Progress', cell: progress, wide: true },
      { name: 'Loss', cell: job => decimal(job.status.metrics?.loss), number: true },
      { name: 'Held-out accuracy', cell: job => percent(job.status.metrics?.evaluation?.accuracy), number: true },
      { name: 'Dataset', cell: job => h('a', { href: '#/datasets/' + job.dataset.id }, job.dataset.name + ' ' + job.dataset.version) },
      { name: 'Network', cell: job => job.spec.model.type },
      { name: 'Ran', cell: job => between(job.status.startTime, WORKING.has(job.status.state) ? null : job.status.endTime), number: true },
      { name: 'Submitted', cell: job => when(job.createTime) },
    ], jobs, job => job.id);
  }

  await new Promise((resolve, reject) => {
    live({
      events: 'events', refresh: () => refresh().then(resolve), signal: place.signal,
      onProblem: it => (page ? failed(it) : reject(it)),
    });
  });
}
