import { get, send, url } from '../api.js';
import { h } from '../dom.js';
import { bytes, count, decimal, duration, seconds } from '../format.js';
import { copyButton, toast } from '../parts/ask.js';
import { facts, head } from '../parts/bits.js';
import { empty, failure, notice } from '../parts/states.js';
import { go } from '../router.js';
import { jobSpec } from '../schema/schema.js';
import { clearErrors, fieldsOf, showErrors, valueOf } from '../schema/form.js';

const OPEN = new Set(['model', 'input', 'training', 'training.optimizer', 'register']);

export async function show(place) {
  place.title('New job');
  const { from, dataset } = place.query;
  const [{ schema, example }, datasets, source] = await Promise.all([
    jobSpec(place.signal),
    get('datasets?state=READY&pageSize=500', { signal: place.signal }),
    from ? get('jobs/' + from, { signal: place.signal }) : null,
  ]);
  const start = source ? { ...source.spec, name: source.spec.name } : suggestion(example, datasets.items, dataset);
  const names = [...new Set(datasets.items.map(it => it.name))];
  if (names.length === 0 && !source) {
    place.root.replaceChildren(head('New job'), empty('There is no dataset to train on yet', 'Upload an archive of images first.', h('a', { class: 'button primary', href: '#/datasets' }, 'Upload a dataset')));
    return;
  }

  const form = h('form', { class: 'job-form', noValidate: true, autocomplete: 'off' },
    fieldsOf(schema, start, { open: OPEN, special: { dataset: (attributes, value) => datasetField(attributes, value, names) } }));
  const command = h('pre', { class: 'code', tabindex: 0, 'aria-label': 'The same with curl' });
  const answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  const check = h('button', { type: 'button', onclick: () => submit(true) }, 'Try it first');
  const start_ = h('button', { type: 'submit', class: 'primary' }, 'Submit the job');
  form.append(h('div', { class: 'submit-row' }, start_, check, h('span', { class: 'note' }, 'Trying makes some real steps and queues nothing.')));

  form.oninput = form.onchange = () => (command.textContent = curl(valueOf(form)));
  form.onsubmit = event => {
    event.preventDefault();
    submit(false);
  };

  async function submit(validateOnly) {
    check.disabled = start_.disabled = true;
    clearErrors(form);
    answer.replaceChildren(notice('', validateOnly ? 'Making some steps; this takes some seconds …' : 'Submitting …'));
    try {
      // One key for each click: an answer that got lost is asked for again without a second job.
      const key = validateOnly ? {} : { 'Idempotency-Key': crypto.randomUUID?.() ?? String(Math.random()) };
      const result = await send('POST', 'jobs' + (validateOnly ? '?validateOnly=true' : ''), valueOf(form), { headers: key });
      if (validateOnly) {
        answer.replaceChildren(verdict(result));
        fillIn(form, result.spec);
      } else {
        toast(result.name + ' is in the queue.');
        go('#/jobs/' + result.id);
      }
    } catch (problem) {
      const rest = showErrors(form, problem.errors ?? []);
      answer.replaceChildren(failure({ title: problem.title, message: problem.message, errors: rest }));
    } finally {
      check.disabled = start_.disabled = false;
    }
  }

  place.root.replaceChildren(
    head(source ? 'Clone of ' + source.name : 'New job', { kind: h('a', { href: '#/jobs' }, 'Jobs'), note: 'What is left empty has its default. The fields come from the API’s own description.' }),
    h('div', { class: 'columns form-columns' }, h('div', { class: 'column wide' }, form),
      h('aside', { class: 'column sticky', 'aria-label': 'Answer and command' }, answer,
        h('section', { class: 'section' }, h('div', { class: 'section-head' }, h('h2', {}, 'The same with curl'), h('div', { class: 'tools' }, copyButton(() => command.textContent))), command))));
  command.textContent = curl(valueOf(form));
}

/** The API's own example, on a dataset that is there. */
function suggestion(example, datasets, wanted) {
  const dataset = wanted ?? (datasets.some(it => it.name === example?.dataset) ? example.dataset : datasets[0]?.name);
  return { ...example, ...(dataset && { dataset, name: dataset + '-' + (example?.model?.type ?? 'job'), register: { model: dataset } }) };
}

function datasetField(attributes, value, names) {
  const all = value && !names.includes(value) ? [value, ...names] : names;
  return h('select', { ...attributes, value: value ?? names[0] }, all.map(name => h('option', { value: name }, name)));
}

function curl(value) {
  const body = JSON.stringify(value, null, 2).replaceAll("'", "'\\''");
  return 'curl "' + url('jobs') + '" -H "Authorization: Bearer $TRAINYARD_TOKEN"' + " \\\n  -H 'Content-Type: application/json' -d '" + body + "'";
}

/** The defaults that the service filled in stand in the empty fields, greyed. */
function fillIn(form, spec) {
  for (const control of form.querySelectorAll('input[data-path]')) {
    const value = control.dataset.path.split('.').reduce((at, part) => at?.[part], spec);
    if (value !== undefined && value !== null && value !== '') control.placeholder = String(value);
  }
}

function verdict({ preflight: it }) {
  const { memory, disk, trial } = it;
  return h('section', { class: 'section verdict' }, h('div', { class: 'section-head' }, h('h2', {}, 'It would run'), h('span', { class: 'more' }, trial.result.toLowerCase().replaceAll('_', ' '))),
    it.warnings.concat(it.dataset.warnings).map(text => notice('warn', text)),
    facts([
      ['Duration', it.estimatedDuration && duration(seconds(it.estimatedDuration))],
      ['Steps', count(it.totalSteps) + (it.secondsPerStep ? ', ' + duration(it.secondsPerStep) + ' each' : '')],
      ['Images a second', it.examplesPerSecond && decimal(it.examplesPerSecond, 3)],
      ['Parameters', count(it.parameters)],
      ['Memory at the peak', memory?.measuredPeakBytes && bytes(memory.measuredPeakBytes) + ' of ' + bytes(memory.availableBytes)],
      ['Largest batch', memory?.largestBatchSize && count(memory.largestBatchSize)],
      ['Disk', disk && bytes(disk.totalBytes) + ' of ' + bytes(disk.availableBytes)],
      ['Images', count(it.dataset.trainExamples) + ' to train, ' + count(it.dataset.validationExamples) + ' held out'],
      ['Device', trial.device],
    ].filter(pair => pair[1])));
}
