/** Fields for a schema. Each carries its path, as errors[] of a problem name it: training.optimizer.learningRate. */

import { h } from '../dom.js';
import { label } from '../format.js';

/**
 * @param value what stands in the fields at first
 * @param special path -> function(attributes) that makes another control for it
 * @param open paths of the groups that are open
 */
export function fieldsOf(schema, value, { special = {}, open = new Set() } = {}) {
  return object(schema.fields, value ?? {}, '', { special, open });
}

function object(fields, value, path, options) {
  const simple = fields.filter(it => !grouped(it.schema));
  const groups = fields.filter(it => grouped(it.schema));
  return [
    simple.length > 0 && h('div', { class: 'fields' }, simple.map(it => field(it, value[it.name], join(path, it.name), options))),
    groups.map(it => group(it, value[it.name], join(path, it.name), options)),
  ];
}

function grouped(schema) {
  return schema.kind === 'object' || schema.kind === 'choice';
}

function group({ name, schema, required }, value, path, options) {
  const content = schema.kind === 'choice' ? choice(schema, value ?? {}, path, options) : object(schema.fields, value ?? {}, path, options);
  const nested = path.includes('.');
  return h('details', { class: 'group' + (nested ? ' nested' : ''), open: required || options.open.has(path) || value !== undefined, 'data-group': path },
    h('summary', {}, label(name), schema.description && h('span', { class: 'note' }, ' ' + schema.description)), content);
}

function choice(schema, value, path, options) {
  const place = h('div', {});
  const type = value.type ?? '';
  const select = h('select', { id: 'f-' + path + '.type', 'data-path': path + '.type', name: path + '.type', value: type, onchange: () => show(select.value, {}) },
    h('option', { value: '' }, 'default'), schema.variants.map(it => h('option', { value: it.type }, it.type)));
  function show(chosen, values) {
    const variant = schema.variants.find(it => it.type === chosen);
    place.replaceChildren(...[variant ? object(variant.fields, values, path, options) : []].flat(9).filter(Boolean));
  }
  select.value = type;
  show(type, value);
  return [h('div', { class: 'fields' }, wrap(path + '.type', 'Type', select, null)), place];
}

function field({ name, required, schema }, value, path, options) {
  const attributes = { id: 'f-' + path, name: path, 'data-path': path, 'data-kind': schema.kind === 'list' ? 'list-' + schema.item.kind : schema.kind, required: required || null };
  const control = options.special[path]?.(attributes, value) ?? standard(schema, attributes, value);
  return wrap(path, label(name), control, said(schema), required);
}

function wrap(path, name, control, text, required) {
  const hintId = 'hint-' + path;
  if (text) control.setAttribute('aria-describedby', hintId + ' error-' + path);
  else control.setAttribute('aria-describedby', 'error-' + path);
  return h('div', { class: 'field', 'data-field': path },
    h('label', { for: control.id }, name, required && h('span', { class: 'need' }, ' required')), control,
    text && h('p', { class: 'hint', id: hintId }, text), h('p', { class: 'error', id: 'error-' + path }));
}

function standard(schema, attributes, value) {
  const given = value === undefined || value === null ? '' : value;
  const standing = schema.standard === undefined ? 'default' : schema.kind === 'boolean' ? (schema.standard ? 'yes' : 'no') : String(schema.standard);
  switch (schema.kind) {
    case 'enum':
      return h('select', { ...attributes, value: String(given) }, h('option', { value: '' }, standing), schema.values.map(it => h('option', { value: it }, it)));
    case 'boolean':
      return h('select', { ...attributes, value: String(given) }, [['', standing], ['true', 'yes'], ['false', 'no']].map(([v, text]) => h('option', { value: v }, text)));
    case 'number':
      return h('input', { ...attributes, type: 'text', inputmode: schema.whole ? 'numeric' : 'decimal', autocomplete: 'off', placeholder: standing, value: String(given) });
    default:
      return h('input', { ...attributes, type: 'text', autocomplete: 'off', placeholder: attributes.required ? '' : standing, value: Array.isArray(given) ? given.join(', ') : String(given) });
  }
}

function hint(schema) {
  if (schema.values && schema.kind === 'number') return schema.values.join(', ');
  if (schema.kind === 'number') return range(schema.bounds);
  if (schema.kind === 'list') return 'separated by commas';
  if (schema.example) return 'such as ' + schema.example;
  return null;
}

/** Descriptions are Markdown; here they are text. */
function said(schema) {
  return [schema.description?.replaceAll('`', ''), hint(schema)].filter(Boolean).join('; ');
}

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }) {
  const low = exclusiveMinimum !== undefined ? 'more than ' + exclusiveMinimum : minimum;
  const high = exclusiveMaximum !== undefined ? 'less than ' + exclusiveMaximum : maximum?.toLocaleString('en');
  if (high === undefined) return low === undefined ? null : exclusiveMinimum !== undefined ? low : low + ' or more';
  if (low === undefined) return exclusiveMaximum !== undefined ? high : 'up to ' + high;
  return low + (exclusiveMinimum !== undefined ? ', up to ' : ' to ') + high;
}

function join(path, name) {
  return path ? path + '.' + name : name;
}

/** What the fields say, as the JSON to send. An empty field is left out: the service has its defaults. */
export function valueOf(form) {
  const result = {};
  for (const control of form.querySelectorAll('[data-path]')) {
    const text = control.value.trim();
    if (text === '') continue;
    const parts = control.dataset.path.split('.');
    const last = parts.pop();
    let at = result;
    for (const part of parts) at = at[part] ??= {};
    at[last] = typed(control.dataset.kind, text);
  }
  return result;
}

function typed(kind, text) {
  const number = it => (it !== '' && Number.isFinite(Number(it)) ? Number(it) : it); // what is no number the service says
  switch (kind) {
    case 'number':
      return number(text);
    case 'boolean':
      return text === 'true';
    case 'list-number':
      return text.split(',').map(it => number(it.trim()));
    case 'list-text':
      return text.split(',').map(it => it.trim()).filter(Boolean);
    default:
      return text;
  }
}

/** Shows each error at its field; those that have none are returned. */
export function showErrors(form, errors) {
  clearErrors(form);
  const rest = [];
  let first = null;
  for (const { field: path, message } of errors) {
    const place = nearest(form, path);
    if (!place) {
      rest.push({ field: path, message });
      continue;
    }
    const control = place.querySelector('input, select, textarea');
    place.classList.add('wrong');
    place.querySelector('.error').textContent = message;
    control.setAttribute('aria-invalid', 'true');
    for (let at = place.parentElement; at && at !== form; at = at.parentElement) if (at.nodeName === 'DETAILS') at.open = true;
    first ??= control;
  }
  first?.focus();
  return rest;
}

export function clearErrors(form) {
  for (const place of form.querySelectorAll('.field.wrong')) {
    place.classList.remove('wrong');
    place.querySelector('.error').textContent = '';
    place.querySelector('[aria-invalid]')?.removeAttribute('aria-invalid');
  }
}

/** The field itself, the list that it is an element of, or the type of the variant that it belongs to. */
function nearest(form, path) {
  const named = name => form.querySelector('[data-field="' + CSS.escape(name) + '"]');
  return named(path) ?? named(path.replace(/\[\d+\].*$/, '')) ?? named(path + '.type');
}
