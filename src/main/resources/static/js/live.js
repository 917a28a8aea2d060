/**
 * Keeps a page fresh: by the service's events where it has them, else by asking again. Asking costs little: what has not
 * changed is a 304, and a single resource is asked with Prefer: wait, which answers at its next change.
 */

import { get, UNREACHABLE, url } from './api.js';
import { readEvents } from './eventstream.js';
import { connected } from './parts/connection.js';

const SHORTEST = 500; // between two refreshes, ms
const INTERVAL = 2000; // between two looks where nothing tells of changes
const LONG_POLL = 20; // seconds
const EVENTS_AGAIN = 60_000;

/**
 * Calls refresh at once, and then when something has changed.
 *
 * @param events path of the event stream
 * @param poll path of the one resource to wait for; absent: look at all of it every two seconds
 * @param refresh gets the newest of everything and shows it; what it rejects with is shown by the caller
 * @param done true when nothing will change any more
 */
export function live({ events, poll, refresh, done = () => false, signal, onProblem }) {
  const once = coalesced(refresh, onProblem, signal);
  once.now();
  follow(events, once, done, signal, control => asking(poll, once, done, control.signal));
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

async function follow(events, once, done, signal, otherwise) {
  let lastId = null;
  let pause = 1000;
  let instead = null; // what is done while there are no events
  while (!signal.aborted && !done()) {
    try {
      await readEvents(url(events), lastId, signal, event => {
        pause = 1000;
        instead?.abort();
        instead = null;
        if (event.id !== null) lastId = event.id;
        if (event.type !== 'heartbeat') once.soon();
      });
    } catch (problem) {
      if (signal.aborted) return;
      if (problem.status === 404 || problem.status === 406) pause = EVENTS_AGAIN;
      else if (problem.status === UNREACHABLE) connected(false);
    }
    if (!instead) {
      instead = new AbortController();
      signal.addEventListener('abort', () => instead?.abort(), { once: true });
      otherwise(instead);
    }
    await sleep(pause, signal);
    pause = Math.min(pause * 2, EVENTS_AGAIN);
  }
}

async function asking(poll, once, done, signal) {
  while (!signal.aborted && !done()) {
    const began = performance.now();
    try {
      if (poll && !document.hidden) await get(poll, { wait: LONG_POLL, signal });
    } catch (problem) {
      if (problem.name === 'AbortError') return;
    }
    once.soon();
    await sleep(poll ? Math.max(SHORTEST, 1000 - (performance.now() - began)) : INTERVAL, signal);
  }
}

function sleep(ms, signal) {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => resolve(clearTimeout(timer)), { once: true });
  });
}
