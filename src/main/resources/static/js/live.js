/**
 * Keeps a page fresh: by the service's events where it has them, else by asking again. Asking costs little: what has not
 * changed is a 304, and a single resource is asked with Prefer: wait, which answers at its next change.
 */

import { get, UNREACHABLE, url } from './api.js';
import { NOTHING_MORE, readEvents } from './eventstream.js';
import { connected } from './parts/connection.js';

const SHORTEST = 500; // between two refreshes, ms
const INTERVAL = 2000; // between two looks where nothing tells of changes
const RESTING = 10_000; // the same where little can change
const LONG_POLL = 20; // seconds
const EVENTS_AGAIN = 60_000;

/** Types of events that are told while a job trains; of no interest where no job is shown. */
export const OF_TRAINING = ['progress', 'phase', 'evaluation', 'checkpoint', 'warning'];

/**
 * Calls refresh at once, and then when something has changed.
 *
 * @param events path of the event stream
 * @param ignore types of events that change nothing here
 * @param hear is told each event, its data parsed; {type: 'asked'} each time that it is asked again, having heard nothing
 * @param poll path of the one resource to wait for; absent: all is looked at every two seconds
 * @param refresh gets the newest of everything and shows it
 * @param resting true while hardly anything can change
 * @param done true when nothing will change any more
 * @param onProblem is told what refresh rejects with
 * @returns a function that refreshes soon
 */
export function live({ events, ignore = [], hear = () => {}, poll, refresh, resting = () => false, done = () => false, signal, onProblem }) {
  const once = coalesced(refresh, onProblem, signal);
  once.now();
  follow({ events, ignore, hear, once, done, signal, otherwise: control => ask({ poll, hear, once, resting, done, signal: control.signal }) });
  document.addEventListener('visibilitychange', () => document.hidden || once.soon(), { signal });
  return once.soon;
}

/** At most one refresh at a time, and at most one in SHORTEST. */
function coalesced(refresh, onProblem, signal) {
  let last = 0;
  let timer = null;
  let running = false;
  let again = false;
  async function now() {
    timer = null;
    if (signal.aborted) return;
    if (running) {
      again = true;
      return;
    }
    running = true;
    last = performance.now();
    try {
      await refresh();
      connected(true);
    } catch (problem) {
      if (problem.name !== 'AbortError') {
        connected(problem.status !== UNREACHABLE);
        onProblem?.(problem);
      }
    }
    running = false;
    if (again) {
      again = false;
      soon();
    }
  }
  function soon() {
    if (timer !== null || signal.aborted || document.hidden) return;
    timer = setTimeout(now, Math.max(0, last + SHORTEST - performance.now()));
  }
  return { now, soon };
}

/** Reads events as long as the page is in sight: a browser has few connections, and other pages want theirs. */
async function follow({ events, ignore, hear, once, done, signal, otherwise }) {
  let lastId = null;
  let pause = 1000;
  let instead = null; // what is done while there are no events
  const stop = () => {
    instead?.abort();
    instead = null;
  };
  signal.addEventListener('abort', stop, { once: true });
  while (!signal.aborted && !done()) {
    await inSight(signal);
    const reading = whileInSight(signal);
    try {
      await readEvents(url(events), lastId, reading.signal, event => {
        pause = 1000;
        stop();
        if (event.id !== null) lastId = event.id;
        hear({ type: event.type, data: event.data === null ? null : JSON.parse(event.data) });
        if (!ignore.includes(event.type)) once.soon();
      });
    } catch (problem) {
      if (signal.aborted) return;
      if ([NOTHING_MORE, 404, 406].includes(problem.status)) pause = EVENTS_AGAIN;
      else if (problem.status === UNREACHABLE) connected(false);
    }
    reading.abort();
    if (document.hidden) continue;
    if (!instead) {
      instead = new AbortController();
      otherwise(instead);
    }
    await sleep(pause, signal);
    pause = Math.min(pause * 2, EVENTS_AGAIN);
  }
}

async function ask({ poll, hear, once, resting, done, signal }) {
  while (!signal.aborted && !done()) {
    const began = performance.now();
    try {
      if (poll && !document.hidden && !resting()) await get(poll, { wait: LONG_POLL, signal });
    } catch (problem) {
      if (problem.name === 'AbortError') return;
    }
    hear({ type: 'asked', data: null });
    once.soon();
    const took = performance.now() - began;
    await sleep(resting() ? RESTING : poll ? Math.max(SHORTEST, 1000 - took) : INTERVAL, signal);
  }
}

function inSight(signal) {
  return new Promise(resolve => {
    if (!document.hidden || signal.aborted) return resolve();
    document.addEventListener('visibilitychange', () => resolve(), { once: true, signal });
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

/** Aborted when the page goes out of sight, or is left. */
function whileInSight(signal) {
  const control = new AbortController();
  signal.addEventListener('abort', () => control.abort(), { once: true, signal: control.signal });
  document.addEventListener('visibilitychange', () => document.hidden && control.abort(), { signal: control.signal });
  return control;
}

function sleep(ms, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
}
