/** The little Markdown that model cards are written in, as nodes: headings, tables, lists, code, paragraphs, links. */

import { h } from '../dom.js';

export function markdown(text) {
  const lines = text.split('\n');
  const nodes = [];
  for (let i = 0; i < lines.length; ) {
    const line = lines[i];
    const block = lines.slice(i).findIndex((it, at) => at > 0 && (it.trim() === '' || kind(it) !== kind(line)));
    const taken = line.trim() === '' ? 1 : block < 0 ? lines.length - i : block;
    const group = lines.slice(i, i + taken);
    switch (kind(line)) {
      case 'code': {
        const end = lines.findIndex((it, at) => at > i && it.startsWith('```'));
        const last = end < 0 ? lines.length : end;
        nodes.push(h('pre', { class: 'code', tabindex: 0 }, lines.slice(i + 1, last).join('\n')));
        i = last + 1;
        continue;
      }
      case 'heading':
        nodes.push(h('h' + Math.min(6, /^#+/.exec(line)[0].length + 1), {}, inline(line.replace(/^#+\s*/, ''))));
        i += 1;
        continue;
      case 'table':
        nodes.push(table(group));
        break;
      case 'list':
        nodes.push(h('ul', {}, group.map(it => h('li', {}, inline(it.replace(/^\s*[-*]\s+/, ''))))));
        break;
      case 'text':
        nodes.push(h('p', {}, inline(group.join(' '))));
        break;
      default:
    }
    i += taken;
  }
  return nodes;
}

function kind(line) {
  if (line.trim() === '') return 'none';
  if (line.startsWith('```')) return 'code';
  if (/^#{1,6}\s/.test(line)) return 'heading';
  if (line.startsWith('|')) return 'table';
  return /^\s*[-*]\s/.test(line) ? 'list' : 'text';
}

function table(lines) {
  const cells = line => line.replace(/^\||\|\s*$/g, '').split(/(?<!\\)\|/).map(it => it.trim());
  const [names, , ...rows] = lines.map(cells);
  const number = cells(lines[1] ?? '').map(it => it.endsWith(':'));
  return h('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': names.join(', ') || 'Table' }, h('table', {},
    h('thead', {}, h('tr', {}, names.map((it, i) => (it === '' ? h('td', {}) : h('th', { scope: 'col', class: number[i] ? 'number' : null }, inline(it)))))),
    h('tbody', {}, rows.map(row => h('tr', {}, row.map((it, i) => h('td', { class: number[i] ? 'number' : null }, inline(it))))))));
}

/** `code`, **bold**, [links](…), and what a backslash escapes. */
function inline(text) {
  const parts = [];
  const pattern = /`([^`]+)`|\*\*([^*]+)\*\*|\[([^\]]+)\]\((https?:\/\/[^)\s]+)\)|\\([\\`*_{}[\]()#+.!|<>~-])/g;
  let at = 0;
  for (const found of text.matchAll(pattern)) {
    parts.push(text.slice(at, found.index));
    const [all, code, bold, name, href, escaped] = found;
    if (code) parts.push(h('code', {}, code));
    else if (bold) parts.push(h('strong', {}, inline(bold)));
    else if (name) parts.push(h('a', { href, rel: 'noreferrer' }, inline(name)));
    else parts.push(escaped);
    at = found.index + all.length;
  }
  parts.push(text.slice(at));
  return parts;
}
