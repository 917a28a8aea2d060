/** The service's own API. Answers are kept with their ETag, so that what has not changed is the same object. */

export const BASE = new URL('api/v1/', document.baseURI);
const KEPT = 100;
const kept = new Map(); // path -> {tag, body}

/** What went wrong, as the API's application/problem+json says it. */
export class Problem extends Error {
  constructor(status, body) {
    super(body.detail || body.title || 'The service answered ' + status + '.');
    this.status = status;
    this.title = body.title || 'Error ' + status;
    this.errors = body.errors || [];
  }
}

export const UNREACHABLE = 0;

const PROJECT = 'project';

/** The project that the page shows; null for the one that the service takes by itself. */
export const project = (() => {
  try {
    return /^[a-z0-9-]+$/.test(localStorage[PROJECT] ?? '') ? localStorage[PROJECT] : null;
  } catch {
    return null; // no storage
  }
})();

/** Shows another project from now on. Nothing that is on the page belongs to it. */
export function show(other) {
  try {
    if (other) localStorage[PROJECT] = other;
    else localStorage.removeItem(PROJECT);
  } finally {
    location.reload();
  }
}

/** An address within the project, also for links, which send no headers. */
export function url(path) {
  const address = new URL(path, BASE);
  if (project) address.searchParams.set(PROJECT, project);
  return address.href;
}

/**
 * @param wait seconds to wait for a change, where the endpoint can
 * @param once true for what will not be asked for again: it is not kept
 * @returns the JSON; the same object as last time while it is the same
 */
export async function get(path, { signal, wait, once = false } = {}) {
  const known = kept.get(path);
  const headers = { Accept: 'application/json' };
  if (known) headers['If-None-Match'] = known.tag;
  if (wait && known) headers.Prefer = 'wait=' + wait;
  const response = await ask(path, { headers, signal });
  if (response.status === 304) return known.body;
  const body = await response.json();
  const tag = response.headers.get('ETag');
  kept.delete(path);
  if (tag && !once) kept.set(path, { tag, body });
  if (kept.size > KEPT) kept.delete(kept.keys().next().value);
  return body;
}

/** The same, or null when there is no such thing. */
export async function find(path, options) {
  try {
    return await get(path, options);
  } catch (problem) {
    if (problem.status === 404) return null;
    throw problem;
  }
}

export async function getText(path, { signal, headers, accept = 'text/*' } = {}) {
  return ask(path, { headers: { Accept: accept, ...headers }, signal });
}

/** @param body an object becomes JSON; FormData and Blobs go as they are */
export async function send(method, path, body, { headers, signal } = {}) {
  const plain = body === undefined || body instanceof FormData || body instanceof Blob;
  const response = await ask(path, {
    method,
    signal,
    headers: { Accept: 'application/json', ...(plain ? {} : { 'Content-Type': 'application/json' }), ...headers },
    body: plain ? body : JSON.stringify(body),
  });
  const type = response.headers.get('Content-Type') ?? '';
  return type.includes('json') ? response.json() : response;
}

async function ask(path, options) {
  let response;
  try {
    const headers = { ...options.headers, ...(options.method ? await csrf() : {}) };
    response = await fetch(url(path), { cache: 'no-store', ...options, headers });
  } catch (failure) {
    if (failure.name === 'AbortError') throw failure;
    throw new Problem(UNREACHABLE, {
      title: 'The service does not answer',
      detail: 'It may be stopped, or the network is down. This page goes on trying.',
    });
  }
  if (response.ok || response.status === 304 || response.status === 206) return response;
  throw await problemOf(response);
}

let asked = null;

/** Who is signed in; asked once. */
export function session() {
  asked ??= get('session', { once: true }).catch(problem => {
    asked = null;
    throw problem;
  });
  return asked;
}

/** What shows with a change that it was made on this page: the browser adds the cookie by itself. */
export async function csrf() {
  const { csrfToken } = await session();
  return csrfToken ? { 'X-CSRF-Token': csrfToken } : {};
}

/** To where one signs in, and back here afterwards. */
function signIn() {
  location.replace('signin' + location.hash);
}

export async function problemOf(response) {
  if (response.status === 401) signIn();
  let body = {};
  try {
    body = await response.json();
  } catch {
    // Something in between answered: the status alone has to do.
  }
  return new Problem(response.status, body);
}
