/** Parts of a model version: figures, where it came from, its files, its card. */

import { getText, url } from '../api.js';
import { h } from '../dom.js';
import { bytes, count, decimal, percent } from '../format.js';
import { copyable, facts, figures, table } from './bits.js';
import { markdown } from './markdown.js';
import { failure, loading } from './states.js';

const LIBRARIES = { java: 'Java', tensorflow: 'TensorFlow' };

export function about(version) {
  return h('div', { class: 'summary', 'data-key': 'about' }, figures([
    ['Held-out accuracy', percent(version.metrics?.accuracy)],
    ['Loss', decimal(version.metrics?.loss)],
    ['Classes', count(version.labels?.length)],
    ['Parameters', count(version.parameters)],
    ['Step', count(version.step)],
    ['Size', bytes(version.sizeBytes)],
  ]));
}

/** Dataset, job, version: what was made of what. */
export function lineage(version) {
  const { dataset, job, warmStart, libraryVersions, attempts, seed } = version;
  const box = (kind, content, more) => h('li', { class: 'step' }, h('span', { class: 'kind' }, kind), h('span', { class: 'strong' }, content), more && h('span', { class: 'note' }, more));
  return h('div', {},
    h('ol', { class: 'lineage' },
      dataset && box('Dataset', h('a', { href: '#/datasets/' + dataset.id }, dataset.name + ' ' + dataset.version), dataset.trainExamples !== undefined && count(dataset.trainExamples) + ' images, ' + count(dataset.validationExamples) + ' held out'),
      warmStart && box('Began with', warmStart.model ? h('a', { href: '#/models/' + warmStart.model + '/' + warmStart.version }, warmStart.model + ' ' + warmStart.version) : h('a', { href: '#/jobs/' + warmStart.job }, 'job ' + warmStart.job.slice(0, 8))),
      job ? box('Job', h('a', { href: '#/jobs/' + job }, version.spec?.name ?? job), (attempts?.length ?? 0) > 1 ? count(attempts.length) + ' attempts' : 'seed ' + seed) : box('Import', 'made elsewhere'),
      box('Version', version.name + ' ' + version.version, count(version.step) + ' steps')),
    facts([...Object.entries(libraryVersions ?? {}).map(([name, version]) => [LIBRARIES[name] ?? name, version]), ['Dataset SHA-256', dataset?.sha256 && h('code', { class: 'break' }, dataset.sha256)]]));
}

export function files(version, path) {
  return h('div', { class: 'files-panel' }, h('div', { class: 'section' }, table('Files', [
    { name: 'File', cell: it => h('a', { href: url(path + '/versions/' + version.version + '/files/' + it.path), download: '' }, it.path) },
    { name: 'Size', cell: it => bytes(it.bytes), number: true },
    { name: 'SHA-256', cell: it => h('code', { class: 'id', title: it.sha256 }, it.sha256.slice(0, 16) + '…') },
  ], version.files, it => it.path)),
  copyable('curl -H "Authorization: Bearer $TRAINYARD_TOKEN"' + " -OJ '" + url(path + '/versions/' + version.version + '/download?format=zip') + "'", 'The same with curl'));
}

class Card extends HTMLElement {
  #data = null;
  #shown = null;

  set data(data) {
    this.#data = data;
    const { path, signal } = data;
    if (this.#shown === path) return;
    this.#shown = path;
    this.replaceChildren(loading('Loading the card'));
    getText(path + '/card', { signal }).then(it => it.text())
      .then(text => this.replaceChildren(h('article', { class: 'card-text' }, markdown(text))))
      .catch(problem => this.replaceChildren(failure(problem)));
  }

  get data() {
    return this.#data;
  }
}

customElements.define('ty-card', Card);

export function card(path, signal) {
  return h('ty-card', { 'data-key': 'card-' + path, data: { path, signal } });
}
