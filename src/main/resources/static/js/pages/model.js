import { find, get, send, url } from '../api.js';
import { h, patch } from '../dom.js';
import { bytes, count, percent } from '../format.js';
import { live, OF_TRAINING } from '../live.js';
import { ask, act, toast } from '../parts/ask.js';
import { aliasTable } from '../parts/aliases.js';
import { copyable, head, panel, section, table, tabs, when } from '../parts/bits.js';
import { predictor } from '../parts/predictor.js';
import { empty, stale } from '../parts/states.js';
import { about, card, files, lineage } from '../parts/version.js';
import { scores } from '../parts/evaluation.js';
import { go, keep } from '../router.js';

const TABS = [['metrics', 'Metrics'], ['card', 'Card'], ['files', 'Files'], ['spec', 'Spec']];

export async function show(place) {
  const { name } = place.params;
  const path = 'models/' + name;
  const known = { model: null, tab: place.query.tab ?? 'metrics', problem: null };
  const asking = predictor(name);
  let again;

  async function refresh() {
    const { signal } = place;
    const model = await get(path, { signal });
    const [versions, aliases, version] = await Promise.all([
      get(path + '/versions?pageSize=100', { signal }), get(path + '/aliases', { signal }),
      get(path + '/versions/' + (place.params.version ?? model.latestVersion), { signal }),
    ]);
    Object.assign(known, { model, versions, aliases, version, problem: null });
    asking.version(version);
    draw();
  }

  function draw() {
    const { model, versions, aliases, version, problem, tab } = known;
    place.title(name + ' ' + version.version);
    patch(place.root,
      head(name, {
        kind: h('a', { href: '#/models' }, 'Models'), badges: h('span', { class: 'head-more' }, 'version ' + version.version),
        note: [model.description && model.description + ' · ', 'registered ', when(version.createTime), version.aliases.map(it => [' ', h('span', { class: 'tag' }, it)])],
        actions: [
          h('a', { class: 'button primary', href: url(path + '/versions/' + version.version + '/download?format=zip'), download: '' }, 'Download zip'),
          h('a', { class: 'button', href: url(path + '/versions/' + version.version + '/download?format=tar.gz'), download: '' }, 'tar.gz'),
          h('button', { type: 'button', class: 'danger', onclick: event => remove(event.currentTarget, path, version, again) }, 'Delete version'),
        ],
      }),
      problem && stale(problem),
      h('div', { class: 'columns', 'data-key': 'columns' },
        h('div', { class: 'column wide', 'data-key': 'left' },
          about(version), section('lineage', 'Lineage', {}, lineage(version)),
          tabs('parts of the version', TABS, tab, choose), panel(tab, content())),
        h('aside', { class: 'column', 'data-key': 'right', 'aria-label': 'Use' },
          section('predict', 'Try it', {}, asking.node),
          section('aliases', 'Aliases', {}, aliasTable(path, aliases.aliases, versions.items, again)),
          section('versions', 'Versions', { more: count(versions.items.length) }, versionTable(versions.items, version)))));
  }

  function choose(tab) {
    known.tab = tab;
    keep({ tab: tab === 'metrics' ? '' : tab });
    draw();
  }

  function content() {
    const { version, tab } = known;
    if (tab === 'card') return card(path + '/versions/' + version.version, place.signal);
    if (tab === 'files') return files(version, path);
    if (tab === 'spec') return version.spec ? copyable(JSON.stringify(version.spec, null, 2)) : empty('No spec', 'The model was imported.');
    return version.evaluation ? scores(version.evaluation) : empty('Not evaluated', 'It came without figures.');
  }

  await new Promise((resolve, reject) => {
    again = live({
      events: 'events', ignore: OF_TRAINING, refresh: () => refresh().then(resolve), signal: place.signal,
      onProblem: problem => {
        if (!known.model) return reject(problem);
        known.problem = problem;
        draw();
      },
    });
  });
}

function versionTable(versions, shown) {
  return table('Versions', [
    { name: 'Version', cell: it => [h('a', { class: 'strong', href: '#/models/' + it.name + '/' + it.version, 'aria-current': it.version === shown.version ? 'true' : null }, it.version), ' ',
      it.aliases.map(alias => h('span', { class: 'tag' }, alias))] },
    { name: 'Accuracy', cell: it => percent(it.metrics?.accuracy), number: true },
    { name: 'Size', cell: it => bytes(it.sizeBytes), number: true },
  ], versions, it => it.version);
}

async function remove(button, path, version, again) {
  const held = version.aliases.length > 0;
  const sure = await ask({
    title: 'Delete ' + version.name + ' ' + version.version + '?', danger: true, action: 'Delete it',
    text: 'Its files go at once.' + (held ? ' So do its aliases: ' + version.aliases.join(', ') + '.' : ''),
  });
  if (!sure) return;
  const gone = await act(button, async () => {
    await send('DELETE', path + '/versions/' + version.version + (held ? '?force=true' : ''));
    return true;
  });
  if (!gone) return;
  toast(version.name + ' ' + version.version + ' is deleted.');
  go((await find(path)) ? '#/models/' + version.name : '#/models');
  again();
}
