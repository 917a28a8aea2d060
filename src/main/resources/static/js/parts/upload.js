/** Uploads a file in pieces (tus), so that a line that breaks costs one piece, and says how far it is. */

import { csrf, Problem, send, UNREACHABLE, url } from '../api.js';

const PIECE = 8 * 1024 * 1024;
const TRIES = 8;

/**
 * @param onProgress bytes that arrived
 * @returns the upload's id
 */
export async function upload(file, { onProgress, signal }) {
  const made = await send('POST', 'uploads', undefined, { headers: { 'Upload-Length': String(file.size), 'Tus-Resumable': '1.0.0' }, signal });
  const address = made.headers ? made.headers.get('Location') : url('uploads/' + made.id);
  const where = url(new URL(address, document.baseURI));
  let offset = 0;
  let tries = 0;
  while (offset < file.size) {
    try {
      offset = await piece(where, file.slice(offset, offset + PIECE), offset, onProgress, signal);
      tries = 0;
    } catch (problem) {
      if (problem.name === 'AbortError' || ![UNREACHABLE, 409, 423, 502, 503].includes(problem.status) || ++tries > TRIES) {
        if (problem.name === 'AbortError') send('DELETE', where).catch(() => {});
        throw problem;
      }
      await new Promise(resolve => setTimeout(resolve, 500 * 2 ** tries));
      offset = await offsetOf(where, offset);
    }
  }
  return new URL(where).pathname.split('/').pop();
}

/** XMLHttpRequest: fetch does not tell how much of a body is on its way. */
async function piece(where, blob, offset, onProgress, signal) {
  const shown = await csrf();
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PATCH', where);
    request.setRequestHeader('Content-Type', 'application/offset+octet-stream');
    request.setRequestHeader('Upload-Offset', String(offset));
    request.setRequestHeader('Tus-Resumable', '1.0.0');
    for (const [name, value] of Object.entries(shown)) request.setRequestHeader(name, value);
    request.upload.onprogress = event => onProgress(offset + event.loaded);
    request.onload = () => {
      if (request.status < 300) return resolve(Number(request.getResponseHeader('Upload-Offset') ?? offset + blob.size));
      let body = {};
      try {
        body = JSON.parse(request.responseText);
      } catch {
        // The status alone has to do.
      }
      reject(new Problem(request.status, body));
    };
    request.onerror = () => reject(new Problem(UNREACHABLE, { title: 'The upload broke off', detail: 'The service does not answer.' }));
    request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(blob);
  });
}

async function offsetOf(where, otherwise) {
  try {
    const response = await fetch(where, { method: 'HEAD', cache: 'no-store', headers: { 'Tus-Resumable': '1.0.0' } });
    return Number(response.headers.get('Upload-Offset') ?? otherwise);
  } catch {
    return otherwise; // asked again with the next try
  }
}
