/** <ty-log>: the end of a job's log, that follows while it grows, with a search. Its data: {path, growing}. */

import { getText, url } from '../api.js';
import { h } from '../dom.js';
import { bytes } from '../format.js';

const TAIL = 256 * 1024; // bytes shown at first
const MOST = 5000; // lines kept on the page
const INTERVAL = 1500;
const TRAINER = /^\S+ \[trainer\] /; // who wrote a line: without it, TensorFlow or the JVM

const SOURCES = {
  '': ['Everything', () => true],
  trainer: ['The trainer', line => TRAINER.test(line)],
  others: ['TensorFlow and the JVM', line => !TRAINER.test(line)],
};

class Log extends HTMLElement {
  #data = null;
  #lines = [];
  #found = null; // {words, lines} of a search through all of a log of which only the end is here
  #end = null; // bytes read so far
  #rest = '';
  #from = 0;
  #timer = null;
  #pause = null;
  #parts = null;
  #busy = false;

  set data(data) {
    const was = this.#data;
    this.#data = data;
    if (this.isConnected && was?.growing && !data.growing) this.#look();
  }

  get data() {
    return this.#data;
  }

  connectedCallback() {
    if (!this.#parts) this.#build();
    this.#look();
    this.#timer = setInterval(() => this.#data.growing && !document.hidden && this.#look(), INTERVAL);
  }

  disconnectedCallback() {
    clearInterval(this.#timer);
  }

  #build() {
    const search = h('input', { type: 'search', placeholder: 'Search the log', 'aria-label': 'Search the log', oninput: () => this.#search() });
    const source = h('select', { 'aria-label': 'Who wrote it', onchange: () => this.#show() }, Object.entries(SOURCES).map(([value, [name]]) => h('option', { value }, name)));
    const follow = h('input', { type: 'checkbox', checked: true, onchange: () => this.#show() });
    const found = h('span', { class: 'note', role: 'status' });
    const text = h('pre', {
      class: 'log', tabindex: 0, 'aria-label': 'Log',
      onscroll: () => {
        if (text.scrollTop + text.clientHeight < text.scrollHeight - 40) follow.checked = false; // who scrolls up wants to read
      },
    });
    this.#parts = { search, source, follow, found, text };
    this.replaceChildren(
      h('div', { class: 'row tools-row' }, search, source, h('label', { class: 'check' }, follow, ' Follow'), found, h('a', { class: 'push', href: url(this.#data.path), download: 'log.txt' }, 'Download')),
      text);
  }

  async #look() {
    if (this.#busy) return;
    this.#busy = true;
    try {
      const range = this.#end === null ? 'bytes=-' + TAIL : 'bytes=' + this.#end + '-';
      const response = await getText(this.#data.path, { headers: { Range: range } });
      const content = await response.arrayBuffer();
      const place = /bytes (\d+)-(\d+)/.exec(response.headers.get('Content-Range') ?? '');
      if (this.#end === null && place) this.#from = Number(place[1]);
      if (!place) {
        this.#lines = []; // all of it
        this.#rest = '';
      }
      this.#end = place ? Number(place[2]) + 1 : content.byteLength || null;
      this.#take(new TextDecoder().decode(content));
    } catch (problem) {
      if (problem.status !== 416) this.#parts.found.textContent = problem.message; // 416: nothing new
      else this.#show();
    }
    this.#busy = false;
  }

  #take(text) {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop();
    this.#lines = this.#lines.concat(lines).slice(-MOST);
    this.#show();
  }

  /** Of a log that is here whole, at once; else by the service, when the typing pauses. */
  #search() {
    clearTimeout(this.#pause);
    const words = this.#parts.search.value;
    this.#found = null;
    this.#show();
    if (words === '' || this.#from === 0) return;
    this.#pause = setTimeout(async () => {
      try {
        const response = await getText(this.#data.path + '?tail=1000&q=' + encodeURIComponent(words));
        this.#found = { words, lines: (await response.text()).split('\n').filter(Boolean) };
      } catch (problem) {
        this.#parts.found.textContent = problem.message;
        return;
      }
      if (this.#parts.search.value === words) this.#show();
    }, 400);
  }

  #show() {
    const { search, source, follow, found, text } = this.#parts;
    const wanted = search.value.toLowerCase();
    const apart = this.#lines.some(line => TRAINER.test(line));
    source.hidden = !apart;
    const all = this.#found?.lines ?? this.#lines;
    const lines = all.filter(line => SOURCES[apart ? source.value : ''][1](line.replace(/^\d+[:\t ]+(?=\d{4}-)/, ''))).filter(line => line.toLowerCase().includes(wanted));
    text.replaceChildren(...lines.flatMap(line => [...marked(line, wanted), '\n']));
    if (lines.length === 0) text.append(wanted || all.length > 0 ? 'No such line.' : this.#data.growing ? 'Nothing yet.' : 'Nothing was written.');
    if (wanted) found.textContent = this.#found ? lines.length + ' lines of the whole log' : lines.length + ' of ' + this.#lines.length + ' lines';
    else found.textContent = this.#from > 0 ? 'Without the first ' + bytes(this.#from) : '';
    if (follow.checked) text.scrollTop = text.scrollHeight;
  }
}

function marked(line, wanted) {
  const kind = /\b(error|failed|exception)\b/i.test(line) ? 'line-bad' : /\bwarn/i.test(line) ? 'line-warn' : null;
  const parts = [];
  let at = 0;
  for (let next; wanted && (next = line.toLowerCase().indexOf(wanted, at)) >= 0; at = next + wanted.length) {
    parts.push(line.slice(at, next), h('mark', {}, line.slice(next, next + wanted.length)));
  }
  parts.push(line.slice(at));
  return kind ? [h('span', { class: kind }, parts)] : parts;
}

customElements.define('ty-log', Log);
