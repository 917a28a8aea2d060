import { get } from '../api.js';
import { h, patch } from '../dom.js';
import { bytes, count, words } from '../format.js';
import { live, OF_TRAINING } from '../live.js';
import { badge, bar, head, records, section, when } from '../parts/bits.js';
import { empty, stale } from '../parts/states.js';
import { uploadForm } from '../parts/upload-form.js';

export async function show(place) {
  place.title('Datasets');
  const form = uploadForm(place.query.appendTo);
  const list = h('div', {});
  place.root.replaceChildren(
    head('Datasets', { note: 'Images in class folders, or with CSV rows, or TFRecord files; as zip, tar or tar.gz.' }),
    h('div', { class: 'columns' }, h('div', { class: 'column wide' }, list), h('aside', { class: 'column', 'aria-label': 'Upload' }, section('upload', 'Upload', {}, form))));
  let page = null;

  function draw(problem) {
    patch(list, problem && stale(problem), section('list', 'All', { more: page.items.length || null }, page.items.length === 0
      ? empty('No datasets yet', 'Upload an archive of images, with one folder for each class.')
      : records('Datasets', [
        { name: 'Dataset', cell: it => h('a', { class: 'strong', href: '#/datasets/' + it.id }, it.name), title: true },
        { name: 'Version', cell: it => it.version, number: true },
        { name: 'State', cell: state, plain: true },
        { name: 'Classes', cell: it => count(it.classes?.length), number: true },
        { name: 'Train', cell: it => count(it.trainExamples), number: true },
        { name: 'Held out', cell: it => count(it.validationExamples), number: true },
        { name: 'Set aside', cell: it => count(it.quarantined), number: true },
        { name: 'Size', cell: it => bytes(it.sizeBytes), number: true },
        { name: 'Made', cell: it => when(it.createTime) },
      ], page.items, it => it.id)));
  }

  await new Promise((resolve, reject) => {
    live({
      events: 'events', ignore: OF_TRAINING, signal: place.signal,
      refresh: async () => {
        page = await get('datasets?pageSize=200', { signal: place.signal });
        draw();
        resolve();
      },
      onProblem: problem => (page ? draw(problem) : reject(problem)),
    });
  });
}

function state(dataset) {
  const { progress, reason } = dataset;
  return [badge(dataset.state, words(progress?.phase ?? reason)),
    progress?.imagesTotal > 0 && bar(progress.imagesDone / progress.imagesTotal * 100, 'Progress of ' + dataset.name)];
}
