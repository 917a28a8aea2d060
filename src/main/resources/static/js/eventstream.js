/**
 * Server-sent events, read by fetch: an EventSource does not tell a 404 from a broken line, and passes on no event whose
 * name it was not told beforehand.
 */

import { Problem, problemOf, UNREACHABLE } from './api.js';

export const NOTHING_MORE = 204;

/** Reads until the stream ends. Rejects when it cannot be opened or breaks. */
export async function readEvents(address, lastId, signal, onEvent) {
  const headers = { Accept: 'text/event-stream' };
  if (lastId !== null) headers['Last-Event-ID'] = lastId;
  let response;
  try {
    response = await fetch(address, { headers, signal, cache: 'no-store' });
  } catch (failure) {
    throw failure.name === 'AbortError' ? failure : new Problem(UNREACHABLE, {});
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === NOTHING_MORE) throw new Problem(NOTHING_MORE, {});
  onEvent({ id: null, type: 'open', data: null });
  const parse = parser(onEvent);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    parse(value);
  }
}

/** Takes text as it comes, in pieces that may end anywhere. */
export function parser(onEvent) {
  let rest = '';
  let event = { id: null, type: 'message', data: [] };
  return piece => {
    const lines = (rest + piece).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop();
    for (const line of lines) {
      if (line === '') {
        if (event.data.length > 0) onEvent({ ...event, data: event.data.join('\n') });
        event = { id: null, type: 'message', data: [] };
        continue;
      }
      const colon = line.indexOf(':');
      if (colon === 0) continue; // a comment: the heartbeat
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'data') event.data.push(value);
      else if (field === 'event') event.type = value;
      else if (field === 'id') event.id = value;
    }
  };
}
