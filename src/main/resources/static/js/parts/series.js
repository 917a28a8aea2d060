/**
 * A job's metric series, as many points of each as can be seen: the server leaves out what lies between. What comes later
 * is told by events; the server is asked again when some may have been missed, or when more is held than can be seen.
 */

import { get } from '../api.js';
import { ENDED } from './job-bits.js';

const FEWEST = 50;
const MOST = 4000;
const CONNECTED = ['open', 'asked', 'snapshot', 'reset']; // what came before was not heard
const HELD_OUT = { f1: 'f1_score', top5Accuracy: 'top_5_accuracy' }; // as the series of an evaluation's figures are called

export class Series {
  #points = new Map(); // name -> Map of step -> value
  #heard = []; // by events since the server was asked
  #whole = null; // for which attempt and state everything was asked; null: it has to be
  #asked = 0; // points
  #last = 0;
  #behind = true;

  constructor(job) {
    this.job = job;
  }

  /** @param event as live.js tells it, of this job or another */
  hear({ type, data }) {
    if (CONNECTED.includes(type)) this.#behind = true;
    if (data?.jobId !== this.job) return;
    const { progress, metrics, attempt } = data;
    if (type === 'progress') {
      const { loss, accuracy, learningRate } = metrics;
      this.#hold({ attempt, step: progress.step, values: { loss, accuracy, learningRate, examplesPerSecond: progress.examplesPerSecond } });
    } else if (type === 'evaluation') {
      const { step, examples, leftOut, ...values } = metrics.evaluation;
      this.#hold({ attempt, step, values: Object.fromEntries(Object.entries(values).map(([name, it]) => ['val_' + (HELD_OUT[name] ?? name), it])) });
    }
  }

  #hold(point) {
    this.#heard.push(point);
    this.#add(point);
  }

  #add({ attempt, step, values }) {
    if (!this.#whole?.startsWith(attempt + ' ')) return; // of an attempt of which nothing was asked yet
    for (const [name, value] of Object.entries(values)) {
      if (value !== undefined) this.#put(name, step, value);
    }
  }

  #put(name, step, value) {
    if (!this.#points.has(name)) this.#points.set(name, new Map());
    this.#points.get(name).set(step, value);
    this.#last = Math.max(this.#last, step);
  }

  /**
   * Asks for what was not heard.
   *
   * @param wide pixels that a chart has
   */
  async refresh({ status }, wide, signal) {
    // Another attempt may have gone back and done steps again: it has taken them back when it runs.
    const ended = ENDED.has(status.state);
    const whole = status.attempt + ' ' + (ended ? 'ended' : status.state === 'RUNNING');
    const points = seen(wide);
    const most = Math.max(0, ...[...this.#points.values()].map(it => it.size));
    const all = whole !== this.#whole || most > 2 * Math.max(points, this.#asked);
    if (!all && (ended || !this.#behind)) return this;
    this.#heard = [];
    this.#behind = false;
    try {
      const from = all ? 0 : this.#last; // included: an evaluation has the step of the last report before it
      const answer = await get('jobs/' + this.job + '/metrics?points=' + points + '&from=' + from, { signal, once: true });
      if (all) {
        this.#points = new Map();
        this.#last = 0;
        this.#whole = whole;
        this.#asked = points;
      }
      for (const [name, it] of Object.entries(answer)) for (const { step, value } of it.points) this.#put(name, step, value);
      this.#heard.forEach(it => this.#add(it));
    } catch (problem) {
      this.#behind = true;
      throw problem;
    }
    return this;
  }

  get names() {
    return [...this.#points.keys()];
  }

  /** What a chart needs: the points, and how to get those of some steps alone. */
  line(name) {
    const known = this.#points.get(name) ?? new Map();
    return {
      points: [...known].map(([step, value]) => ({ step, value })).sort((a, b) => a.step - b.step),
      part: (from, to, wide) => this.#part(name, from, to, wide),
    };
  }

  async #part(name, from, to, wide) {
    const query = new URLSearchParams({ names: name, from, to, points: seen(wide) });
    return (await get('jobs/' + this.job + '/metrics?' + query, { once: true }))[name]?.points ?? [];
  }
}

function seen(wide) {
  return Math.min(MOST, Math.max(FEWEST, Math.round(wide)));
}
