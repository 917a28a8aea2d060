/**
 * <ty-chart>: curves over steps with a legend that follows the pointer, marks for checkpoints and restarts, and a table of the
 * same figures behind it. Dragging over it, or + and -, shows some steps alone, asked for anew.
 * Its data: {title, format, series: [{name, points: [{step, value}], part(from, to, wide), dots}], marks, compact, files}.
 */

import uPlot from '../../webjars/uplot/dist/uPlot.esm.js';
import { h, patch } from '../dom.js';
import { count, decimal, percent } from '../format.js';

const ROWS = 200;
const TICK = 7; // of a checkpoint, px
const DOTTED = 60; // more points than that are a line

class Chart extends HTMLElement {
  #data = null;
  #plot = null;
  #drawn = null; // the key of what the plot was made for: other series need another plot
  #parts = null;
  #zoomed = null; // {key, from, to, series}: some of the steps
  #size = new ResizeObserver(() => this.#resize());
  #restyle = () => this.#draw(true);

  set data(data) {
    this.#data = data;
    if (this.isConnected) this.#draw(false);
  }

  get data() {
    return this.#data;
  }

  connectedCallback() {
    addEventListener('themechange', this.#restyle);
    this.#size.observe(this);
    if (this.#data) this.#draw(true);
  }

  disconnectedCallback() {
    removeEventListener('themechange', this.#restyle);
    this.#size.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
    this.#drawn = null;
  }

  #draw(anew) {
    if (!this.#parts) this.#build();
    const { title, format = decimal, files = [] } = this.#data;
    if (this.#zoomed?.key !== this.#key()) this.#zoomed = null; // it was of other curves
    const shown = this.#shown();
    const { legend, place, table, none, heading, whole, links } = this.#parts;
    heading.textContent = title;
    whole.hidden = !this.#zoomed;
    if (this.#zoomed) whole.firstChild.textContent = 'Steps ' + count(this.#zoomed.from) + ' to ' + count(this.#zoomed.to) + ' ';
    patch(links, files.map(([name, href]) => h('a', { href, 'aria-label': title + ', ' + name }, name)));
    links.hidden = shown.length === 0;
    none.hidden = shown.length > 0;
    place.hidden = shown.length === 0;
    table.hidden = shown.length === 0;
    const key = JSON.stringify([title, this.#zoomed && [this.#zoomed.from, this.#zoomed.to], shown.map(it => [it.name, it.points.length < 3, it.points.length > DOTTED / 2, it.points.length > DOTTED])]);
    const aligned = align(shown);
    if (anew || key !== this.#drawn) {
      this.#plot?.destroy();
      this.#plot = null;
      legend.replaceChildren(...shown.map((it, i) => h('span', { class: 'key' },
        h('span', { class: 'swatch s' + (slot(it, i) + 1) + (it.dots ? ' dots' : '') }), it.name, ' ', h('output', {}))));
      if (shown.length > 0) this.#plot = new uPlot(this.#options(shown, format), aligned, place);
      this.#drawn = key;
    } else {
      this.#plot?.setData(aligned);
    }
    this.#read(null);
    place.setAttribute('aria-label', title + ' by step. ' + shown.map(it => {
      const last = it.points[it.points.length - 1];
      return it.name + ': ' + format(last.value) + ' at step ' + count(last.step);
    }).join('; '));
    if (table.open) this.#fillTable();
  }

  #build() {
    const heading = h('figcaption', { class: 'chart-title' });
    const legend = h('div', { class: 'legend' });
    const place = h('div', { class: 'plot', role: 'img', tabindex: 0, 'aria-keyshortcuts': '+ - ArrowLeft ArrowRight 0', onkeydown: event => this.#keyed(event) });
    const whole = h('span', { class: 'whole' }, ' ', h('button', { type: 'button', class: 'plain small', onclick: () => this.#zoom(null) }, 'All steps'));
    const links = h('span', { class: 'files' });
    const none = h('p', { class: 'chart-none' }, this.#data.none ?? 'No figures yet. They come about once a second while it trains.');
    const table = h('details', { class: 'chart-table', ontoggle: () => table.open && this.#fillTable() }, h('summary', {}, 'Table'), h('div', {}));
    this.#parts = { heading, legend, place, none, table, whole, links };
    this.replaceChildren(h('figure', { class: 'chart' }, h('div', { class: 'chart-head' }, heading, whole, legend), place, none, h('div', { class: 'behind' }, table, links)));
  }

  #key() {
    return JSON.stringify([this.#data.title, this.#data.series.map(it => it.name)]);
  }

  #shown() {
    return (this.#zoomed?.series ?? this.#data.series).filter(it => it.points.length > 0);
  }

  /** Shows the steps from one to another, or all again. */
  async #zoom(range) {
    const key = this.#key();
    const [first, last] = this.#steps();
    const from = Math.max(first, Math.floor(range?.[0] ?? first));
    const to = Math.min(last, Math.ceil(range?.[1] ?? last));
    if (range && to <= from) return;
    let zoomed = null;
    if (from > first || to < last) {
      const wide = this.#box().width;
      const series = await Promise.all(this.#data.series.map(async it => ({ ...it, points: await it.part(from, to, wide) }))).catch(() => null);
      if (!series || key !== this.#key()) return;
      zoomed = { key, from, to, series };
    }
    this.#zoomed = zoomed;
    if (this.isConnected) this.#draw(false);
  }

  /** Of all that there is, the first and the last. */
  #steps() {
    const ends = this.#data.series.filter(it => it.points.length > 0).flatMap(({ points }) => [points[0].step, points[points.length - 1].step]);
    return [Math.min(...ends), Math.max(...ends)];
  }

  #keyed(event) {
    const [from, to] = this.#zoomed ? [this.#zoomed.from, this.#zoomed.to] : this.#steps();
    const some = (to - from) / 4;
    const range = {
      '+': [from + some, to - some], '=': [from + some, to - some], '-': [from - 2 * some, to + 2 * some],
      ArrowLeft: [from - some, to - some], ArrowRight: [from + some, to + some], 0: null,
    }[event.key];
    if (range === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    this.#zoom(range);
  }

  /** What was dragged over. */
  #selected(plot) {
    const { left, width } = plot.select;
    if (width < 4) return;
    plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    this.#zoom([plot.posToVal(left, 'x'), plot.posToVal(left + width, 'x')]);
  }

  #options(shown, format) {
    const style = getComputedStyle(this);
    const colour = name => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--muted'), font: '11px system-ui', ticks: { show: false }, grid: { stroke: colour('--grid'), width: 1 } };
    return {
      ...this.#box(),
      padding: [10, 16, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 6 }, drag: { x: true, y: false, setScale: false }, bind: { dblclick: () => () => this.#zoom(null) } },
      scales: { x: { time: false } },
      axes: [
        { ...axis, size: 26, gap: 4, space: 56, values: (_, all) => all.map(it => (Number.isInteger(it) ? short(it) : '')) },
        { ...axis, size: 58, gap: 4, space: 28, values: (_, all) => ticks(all, format) },
      ],
      series: [{}, ...shown.map((it, i) => ({
        label: it.name,
        stroke: colour('--s' + (slot(it, i) + 1)),
        width: 1.6,
        spanGaps: true,
        dash: slot(it, i) > 3 ? [5, 3] : undefined,
        points: it.dots && it.points.length <= DOTTED || it.points.length < 3 ? { show: true, size: it.points.length > DOTTED / 2 ? 4 : 6, fill: colour('--s' + (slot(it, i) + 1)) } : { show: false },
      }))],
      hooks: { setCursor: [plot => this.#read(plot.cursor.idx)], setSelect: [plot => this.#selected(plot)], drawClear: [plot => this.#marks(plot, colour)] },
    };
  }

  #marks(plot, colour) {
    const { ctx, bbox } = plot;
    for (const { step, kind } of this.#data.marks ?? []) {
      const x = Math.round(plot.valToPos(step, 'x', true));
      if (!(x >= bbox.left && x <= bbox.left + bbox.width)) continue;
      ctx.save();
      ctx.strokeStyle = colour(kind === 'restart' ? '--bad' : '--muted');
      ctx.lineWidth = devicePixelRatio;
      ctx.beginPath();
      ctx.moveTo(x, kind === 'restart' ? bbox.top : bbox.top + bbox.height - TICK * devicePixelRatio);
      ctx.lineTo(x, bbox.top + bbox.height);
      ctx.stroke();
      ctx.restore();
    }
  }

  /** The legend: the figures under the pointer, or the newest. */
  #read(index) {
    const { format = decimal } = this.#data;
    const outputs = this.#parts.legend.querySelectorAll('output');
    const shown = this.#shown();
    const step = index === null || index === undefined ? null : this.#plot?.data[0][index];
    shown.forEach((it, i) => {
      if (!outputs[i]) return;
      outputs[i].textContent = format(step === null || step === undefined ? it.points[it.points.length - 1].value : nearest(it.points, step).value);
    });
    this.#parts.heading.dataset.step = step === null || step === undefined ? '' : 'step ' + count(step);
  }

  #fillTable() {
    const { format = decimal } = this.#data;
    const shown = this.#shown();
    const [steps, ...columns] = align(shown);
    const stride = Math.ceil(steps.length / ROWS);
    const chosen = steps.map((_, i) => i).filter(i => i % stride === 0 || i === steps.length - 1);
    this.#parts.table.lastChild.replaceChildren(h('div', { class: 'scroll tall', tabindex: 0, role: 'group', 'aria-label': this.#data.title + ', table' },
      h('table', {},
        h('thead', {}, h('tr', {}, h('th', { scope: 'col', class: 'number' }, 'Step'), shown.map(it => h('th', { scope: 'col', class: 'number' }, it.name)))),
        h('tbody', {}, chosen.reverse().map(i => h('tr', {}, h('th', { scope: 'row', class: 'number' }, count(steps[i])),
          columns.map(column => h('td', { class: 'number' }, column[i] === null ? '' : format(column[i]))))))),
      stride > 1 && h('p', { class: 'note' }, 'Every ' + stride + 'th of ' + count(steps.length) + ' rows.')));
  }

  #box() {
    return { width: Math.max(160, this.#parts.place.clientWidth || this.clientWidth), height: this.#data.compact ? 120 : 210 };
  }

  #resize() {
    if (this.#plot) this.#plot.setSize(this.#box());
  }
}

/** Which of the eight colours a series has: the one it asks for, or its place. */
function slot(series, i) {
  return (series.colour ?? i) % 8;
}

/** One column of steps and one of values for each series, null where a series has none. */
export function align(series) {
  const steps = [...new Set(series.flatMap(it => it.points.map(p => p.step)))].sort((a, b) => a - b);
  const row = new Map(steps.map((step, i) => [step, i]));
  return [steps, ...series.map(it => {
    const column = new Array(steps.length).fill(null);
    for (const point of it.points) column[row.get(point.step)] = point.value;
    return column;
  })];
}

function nearest(points, step) {
  let low = 0;
  let high = points.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (points[middle].step < step) low = middle;
    else high = middle;
  }
  return step - points[low].step <= points[high].step - step ? points[low] : points[high];
}

function short(step) {
  if (step >= 1e6) return step / 1e6 + 'M';
  return step >= 10_000 ? step / 1000 + 'k' : count(step);
}

customElements.define('ty-chart', Chart);

/** Pixels of a chart on this page, to ask for as many points; of the page while there is none. */
export function chartWidth(root) {
  return (root.querySelector('ty-chart') ?? root).clientWidth;
}

export function chart(key, data) {
  return h('ty-chart', { 'data-key': key, data });
}

/** What stands beside an axis: all of it short enough for its width, which 0.0000975 is not. */
function ticks(values, format) {
  if (format === percent) return values.map(it => (it === null ? '' : percent(it, 0)));
  const exact = values.map(it => (it === null ? null : Number(it.toPrecision(4))));
  const tiny = exact.some(it => it !== null && Math.abs(it) < 0.001 && String(it).length > 8);
  return exact.map(it => (it === null ? '' : tiny && it !== 0 ? it.toExponential() : format(it, 4)));
}
