import { get } from '../api.js';
import { h, patch } from '../dom.js';
import { bytes, count, percent } from '../format.js';
import { live, OF_TRAINING } from '../live.js';
import { head, records, when } from '../parts/bits.js';
import { empty, stale } from '../parts/states.js';

export async function show(place) {
  place.title('Models');
  let models = null;
  let newest = new Map();

  function draw(problem) {
    patch(place.root, head('Models', { note: 'What jobs made, ready to download and to ask.' }), problem && stale(problem),
      models.items.length === 0
        ? empty('No models yet', 'Each job that succeeds registers a version of one.', h('a', { class: 'button', href: '#/new' }, 'New job'))
        : records('Models', [
          { name: 'Model', cell: it => h('a', { class: 'strong', href: '#/models/' + it.name }, it.name), title: true },
          { name: 'Newest', cell: it => it.latestVersion, number: true },
          { name: 'Versions', cell: it => count(it.versions), number: true },
          { name: 'Aliases', cell: it => aliases(it) },
          { name: 'Held-out accuracy', cell: it => percent(newest.get(it.name)?.metrics?.accuracy), number: true },
          { name: 'Classes', cell: it => count(newest.get(it.name)?.labels?.length), number: true },
          { name: 'Size', cell: it => bytes(newest.get(it.name)?.sizeBytes), number: true },
          { name: 'Newest made', cell: it => when(newest.get(it.name)?.createTime ?? it.createTime) },
        ], models.items, it => it.name));
  }

  await new Promise((resolve, reject) => {
    live({
      events: 'events', ignore: OF_TRAINING, signal: place.signal,
      refresh: async () => {
        models = await get('models?pageSize=100', { signal: place.signal });
        const versions = await Promise.all(models.items.map(it => get('models/' + it.name + '/versions?pageSize=1', { signal: place.signal }).catch(() => null)));
        newest = new Map(versions.flatMap(it => it?.items ?? []).map(it => [it.name, it]));
        draw();
        resolve();
      },
      onProblem: problem => (models ? draw(problem) : reject(problem)),
    });
  });
}

export function aliases(model) {
  return Object.entries(model.aliases ?? {}).map(([alias, version]) => h('span', { class: 'tag' }, alias, h('span', { class: 'tag-more' }, version)));
}
