/** Building and updating the DOM. Text becomes text nodes, always: no string is ever parsed as HTML. */

const SVG = 'http://www.w3.org/2000/svg';
const PROPERTIES = new Set(['checked', 'disabled', 'selected', 'hidden', 'open', 'data', 'indeterminate', 'noValidate']);

/** h('a', {href, class, style: {width}, onclick}, 'text', node, [more], null) */
export function h(tag, attributes, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

export function svg(tag, attributes, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === null || value === undefined || name === 'value' || value === false && !PROPERTIES.has(name)) continue;
    if (name.startsWith('on') || PROPERTIES.has(name)) node[name] = value;
    else if (name === 'style') for (const [k, v] of Object.entries(value)) node.style.setProperty(k, v);
    else node.setAttribute(name, value === true ? '' : value);
  }
  append(node, children);
  if (attributes?.value !== undefined && attributes.value !== null) {
    if ('value' in node) node.value = attributes.value; // a select has its options by now
    else node.setAttribute('value', attributes.value);
  }
  return node;
}

function append(node, children) {
  for (const child of children.flat(9)) {
    if (child === null || child === undefined || child === false || child === '') continue;
    node.append(child instanceof Node ? child : String(child));
  }
}

/**
 * Makes the children of a node what is given, keeping nodes that are there already: focus, scrolling, opened
 * details and custom elements live on. Siblings are matched by data-key, others by place and tag.
 */
export function patch(node, ...children) {
  const wanted = document.createElement('div');
  append(wanted, children);
  morphChildren(node, wanted);
}

function morphChildren(old, wanted) {
  const keyed = new Map();
  for (const child of old.children) if (child.dataset?.key) keyed.set(child.dataset.key, child);
  let place = old.firstChild;
  for (const next of [...wanted.childNodes]) {
    const key = next.dataset?.key;
    let match = key ? keyed.get(key) : place;
    if (match && (!alike(match, next) || !key && match.dataset?.key)) match = null;
    if (match) {
      if (match === place) place = place.nextSibling;
      else old.insertBefore(match, place);
      morph(match, next);
    } else {
      old.insertBefore(next, place);
    }
  }
  while (place) {
    const gone = place;
    place = place.nextSibling;
    gone.remove();
  }
}

function alike(a, b) {
  return a.nodeType === b.nodeType && a.nodeName === b.nodeName;
}

function morph(old, next) {
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return;
  }
  const user = new Set(old.nodeName === 'DETAILS' ? ['open'] : []);
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && name !== 'style' && !user.has(name)) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (name !== 'style' && old.getAttribute(name) !== value && !user.has(name)) old.setAttribute(name, value);
  }
  for (const name of ['onclick', 'onchange', 'oninput', 'onsubmit', 'onkeydown', 'ontoggle']) {
    if (old[name] !== next[name]) old[name] = next[name];
  }
  if (old.nodeName.includes('-')) {
    old.data = next.data; // a custom element draws itself
    return;
  }
  if (next.style?.cssText !== old.style?.cssText) old.style.cssText = next.style.cssText;
  if ('disabled' in old) old.disabled = next.disabled;
  if (old.nodeName === 'INPUT' || old.nodeName === 'TEXTAREA') {
    if (document.activeElement !== old && old.type !== 'file') old.value = next.value;
    old.checked = next.checked;
    return;
  }
  morphChildren(old, next);
  if (old.nodeName === 'SELECT' && document.activeElement !== old) old.value = next.value;
  if (old.nodeName === 'PROGRESS') old.value = next.value;
}
