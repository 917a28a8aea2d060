import { find, get, getText, send, url } from '../api.js';
import { h, patch } from '../dom.js';
import { bytes, count, decimal, duration, label, percent, plural, seconds, sentence, time, words } from '../format.js';
import { live, OF_TRAINING } from '../live.js';
import { act, ask, toast } from '../parts/ask.js';
import { badge, bar, facts, figures, head, id as shortId, panel, section, table, tabs, when } from '../parts/bits.js';
import { rows } from '../parts/csv.js';
import { balance, histogram } from '../parts/bars.js';
import { empty, loading, notice, stale } from '../parts/states.js';
import { go, keep } from '../router.js';

const TABS = [['report', 'Report'], ['sheet', 'Contact sheet'], ['quarantine', 'Quarantine'], ['duplicates', 'Duplicates']];
const LISTED = 500;

export async function show(place) {
  const path = 'datasets/' + place.params.id;
  const known = { dataset: null, report: null, lists: {}, tab: place.query.tab ?? 'report', sheet: { page: 1, label: '' }, problem: null };
  let again;

  async function refresh() {
    const dataset = await get(path, { signal: place.signal });
    if (dataset.state === 'READY' && !known.report) known.report = await find(path + '/report', { signal: place.signal });
    Object.assign(known, { dataset, problem: null });
    draw();
  }

  function draw() {
    const { dataset, problem, tab } = known;
    place.title(dataset.name + ' ' + dataset.version);
    patch(place.root,
      head(dataset.name, {
        kind: h('a', { href: '#/datasets' }, 'Datasets'), badges: badge(dataset.state), actions: actions(dataset),
        note: ['version ' + dataset.version + ' · made ', when(dataset.createTime), dataset.base && [' · adds to ', h('a', { href: '#/datasets/' + dataset.base.id }, 'version ' + dataset.base.version)]],
      }),
      problem && stale(problem),
      dataset.message && h('div', { class: 'notice ' + (dataset.state === 'FAILED' ? 'bad' : ''), 'data-key': 'said' }, dataset.reason && h('strong', {}, sentence(dataset.reason), ': '), dataset.message),
      dataset.state === 'CONVERTING' && converting(dataset),
      dataset.state === 'FAILED' && dataset.quarantined > 0 && section('quarantine', 'Quarantine', { more: count(dataset.quarantined) }, list('quarantine')),
      dataset.state === 'READY' && [numbers(dataset), tabs('parts of the dataset', TABS, tab, choose), panel(tab, content())]);
  }

  function choose(tab) {
    known.tab = tab;
    keep({ tab: tab === 'report' ? '' : tab });
    draw();
  }

  function content() {
    const { dataset, report, tab, sheet } = known;
    if (tab === 'sheet') return contactSheet(path, dataset, sheet, change => { Object.assign(sheet, change); draw(); });
    if (tab === 'report') return report ? reported(report, dataset) : empty('No report', 'It was made by an older version.');
    return list(tab);
  }

  function list(kind) {
    if (known.lists[kind] === undefined) {
      known.lists[kind] = null;
      getText(path + '/' + kind, { signal: place.signal, accept: 'text/csv' }).then(it => it.text()).then(text => {
        known.lists[kind] = rows(text);
        draw();
      }).catch(problem => { known.lists[kind] = { problem }; draw(); });
    }
    const found = known.lists[kind];
    if (found === null) return loading('Loading the list');
    if (found.problem) return stale(found.problem);
    const [names, ...lines] = found;
    const shown = lines.slice(0, LISTED);
    const filled = names.map((_, i) => i).filter(i => shown.some(line => line[i])); // "row" is empty without CSV rows
    if (lines.length === 0) return empty(kind === 'quarantine' ? 'Nothing was set aside' : 'No image is there twice', kind === 'quarantine' ? 'Every image could be used.' : null);
    return [h('p', { class: 'note' }, lines.length > LISTED ? 'The first ' + LISTED + ' of ' + count(lines.length) + '; ' : plural(lines.length, 'image') + '; ', h('a', { href: url(path + '/' + kind), download: kind + '.csv' }, 'all as CSV')),
      table(kind, filled.map(i => ({ name: label(names[i]), cell: line => names[i] === 'group' ? shortId(line[i]) : line[i] })), shown)];
  }

  function actions(dataset) {
    const { state } = dataset;
    return [
      state === 'READY' && h('a', { class: 'button primary', href: '#/new?dataset=' + dataset.name }, 'Train on it'),
      state === 'READY' && h('a', { class: 'button', href: '#/datasets?appendTo=' + dataset.id }, 'Add to it'),
      state === 'CONVERTING'
        ? h('button', { type: 'button', class: 'danger', onclick: event => act(event.currentTarget, () => send('POST', path + '/cancel')).then(() => again()) }, 'Cancel')
        : h('button', { type: 'button', class: 'danger', onclick: event => remove(event.currentTarget, dataset, path) }, 'Delete'),
    ];
  }

  await new Promise((resolve, reject) => {
    again = live({
      events: 'events', ignore: OF_TRAINING, poll: path, refresh: () => refresh().then(resolve), signal: place.signal,
      done: () => known.dataset !== null && known.dataset.state !== 'CONVERTING',
      onProblem: problem => {
        if (!known.dataset) return reject(problem);
        known.problem = problem;
        draw();
      },
    });
  });
}

async function remove(button, dataset, path) {
  const sure = await ask({ title: 'Delete ' + dataset.name + ' ' + dataset.version + '?', text: 'Its records go. Models that were trained on it stay.', action: 'Delete it', danger: true });
  if (!sure) return;
  const gone = await act(button, async () => {
    await send('DELETE', path);
    return true;
  });
  if (gone) {
    toast(dataset.name + ' ' + dataset.version + ' is deleted.');
    go('#/datasets');
  }
}

function converting({ name, progress }) {
  const { phase, imagesDone, imagesTotal, imagesPerSecond, eta } = progress ?? {};
  return h('div', { class: 'summary', 'data-key': 'converting' }, h('div', { class: 'progress' }, bar(imagesTotal ? imagesDone / imagesTotal * 100 : 0, 'Progress of ' + name), h('span', { class: 'progress-text' }, words(phase ?? 'waits for its turn'))),
    figures([['Images', imagesTotal ? count(imagesDone) + ' / ' + count(imagesTotal) : '–'], ['Rate', decimal(imagesPerSecond, 3), 'images/s'], ['Left', eta ? duration(seconds(eta)) : '–']]));
}

function numbers(dataset) {
  return h('div', { class: 'summary', 'data-key': 'numbers' },
    figures([['Classes', count(dataset.classes.length)], ['To train', count(dataset.trainExamples)], ['Held out', count(dataset.validationExamples)],
      ['Set aside', count(dataset.quarantined)], ['Size', bytes(dataset.sizeBytes)]]));
}

function reported(report, dataset) {
  const { duplicates, colour } = report;
  return h('div', { class: 'report' },
    report.warnings.length > 0 ? report.warnings.map(text => notice('warn', text)) : notice('good', 'Nothing in it is likely to go wrong in training.'),
    h('div', { class: 'columns even' },
      h('section', { class: 'section' }, h('h2', {}, 'Classes'), balance(report.classes)),
      h('section', { class: 'section' }, h('h2', {}, 'Images'),
        histogram('Width, pixels', report.width), histogram('Height, pixels', report.height), histogram('Aspect ratio', report.aspectRatio), histogram('File size', report.fileBytes, bytes))),
    h('section', { class: 'section' }, h('h2', {}, 'Figures'), facts([
      ['Largest to smallest class', decimal(report.balance.largestToSmallest, 3) + ' times as many images'],
      ['Evenness', percent(report.balance.normalizedEntropy)],
      ['Formats', Object.entries(report.formats).map(([name, n]) => count(n) + ' ' + name).join(', ')],
      ['Channels', Object.entries(report.channels).map(([channels, n]) => count(n) + ' with ' + channels).join(', ')],
      ['Stored anew', count(report.reencoded)],
      ['Copies of others', count(duplicates.copies)],
      ['In training and held out', count(duplicates.acrossSplit.images)],
      ['With several labels', count(duplicates.conflictingLabels.images)],
      ['Mean colour', colour && [h('span', { class: 'colour', style: { 'background-color': 'rgb(' + colour.mean.map(it => Math.round(it * 255)).join(' ') + ')' } }), ' ', colour.mean.map(it => decimal(it, 3)).join(', ')]],
      ['Deviation', colour && colour.standardDeviation.map(it => decimal(it, 3)).join(', ')],
      ['Seed', dataset.seed], ['Ready', time(dataset.readyTime)], ['SHA-256', h('code', { class: 'break' }, dataset.sha256)],
    ])));
}

function contactSheet(path, dataset, { page, label }, change) {
  const pages = label ? 1 : Math.ceil(dataset.classes.length / 8);
  const query = new URLSearchParams(label ? { class: label } : { page });
  return h('div', {},
    h('div', { class: 'row tools-row' },
      h('label', { class: 'inline-field' }, 'Class ', h('select', { value: label, onchange: event => change({ label: event.target.value, page: 1 }) },
        h('option', { value: '' }, 'a few of each'), dataset.classes.map(it => h('option', { value: it.label }, it.label)))),
      pages > 1 && [h('button', { type: 'button', disabled: page === 1, onclick: () => change({ page: page - 1 }) }, 'Before'), h('span', { class: 'note' }, page + ' of ' + pages),
        h('button', { type: 'button', disabled: page === pages, onclick: () => change({ page: page + 1 }) }, 'Next')],
      h('span', { class: 'note' }, 'An orange frame is held out.')),
    h('div', { class: 'sheet', 'data-key': String(query) }, h('img', { src: url(path + '/contact-sheet?' + query), alt: 'Images of ' + (label || 'each class') + ' of ' + dataset.name })));
}
