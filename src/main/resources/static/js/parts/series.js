/** A job's metric series, of which only what is new is asked for. */

import { get } from '../api.js';

const PAGE = 10_000;

export class Series {
  #points = new Map(); // name -> Map of step -> value
  #attempt = null;
  #last = 0;

  constructor(job) {
    this.job = job;
  }

  /** @param attempt another one may have gone back and done steps again, so then all are asked for */
  async refresh(attempt, signal) {
    if (attempt !== this.#attempt) {
      this.#points = new Map();
      this.#last = 0;
    }
    let from = this.#last; // included: an evaluation has the step of the last report before it
    while (from !== null) {
      const page = await get('jobs/' + this.job + '/metrics?limit=' + PAGE + '&fromStep=' + from, { signal, once: true });
      from = null;
      for (const [name, { points, nextStep }] of Object.entries(page)) {
        if (!this.#points.has(name)) this.#points.set(name, new Map());
        const known = this.#points.get(name);
        for (const { step, value } of points) {
          known.set(step, value);
          this.#last = Math.max(this.#last, step);
        }
        if (nextStep !== undefined) from = Math.min(from ?? nextStep, nextStep);
      }
    }
    this.#attempt = attempt;
    return this;
  }

  get names() {
    return [...this.#points.keys()];
  }

  points(name) {
    const known = this.#points.get(name) ?? new Map();
    return [...known].map(([step, value]) => ({ step, value })).sort((a, b) => a.step - b.step);
  }
}
