/** Who is signed in, and the way out. */

import { send, session } from '../api.js';
import { h } from '../dom.js';

export async function signedIn(place) {
  const { name, scope, csrfToken } = await session();
  if (!csrfToken) return; // nobody is asked who they are
  const out = h('button', { type: 'button', class: 'plain' }, 'Sign out');
  out.onclick = async () => {
    await send('DELETE', 'session');
    location.replace('signin');
  };
  place.replaceChildren(h('span', {}, name + ' (' + scope + ')'), ' ', out);
}
