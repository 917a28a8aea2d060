/** Who is signed in, the way out, and which of several projects the page shows. */

import { find, project, send, session, show } from '../api.js';
import { h } from '../dom.js';

export async function signedIn(who, where) {
  const { name, scope, projects, csrfToken } = await session();
  const own = projects[0] === '*' ? await all(scope) : projects;
  if (project ? !own.includes(project) : projects[0] !== '*' && own.length > 1) {
    show(projects[0] === '*' ? null : own[0]); // what was chosen before is not there any more
    return;
  }
  if (own.length > 1) where.replaceChildren(choice(own, project ?? 'default'));
  if (!csrfToken) return; // nobody is asked who they are
  const out = h('button', { type: 'button', class: 'plain' }, 'Sign out');
  out.onclick = async () => {
    await send('DELETE', 'session');
    location.replace('signin');
  };
  who.replaceChildren(h('span', {}, name + ' (' + scope + ')'), ' ', out);
}

/** Only who may make projects may list them; others of all projects see the default. */
async function all(scope) {
  const found = scope === 'admin' ? await find('projects', { once: true }) : null;
  return found ? found.projects.map(it => it.name) : ['default', ...(project ? [project] : [])];
}

function choice(projects, shown) {
  const select = h('select', { 'aria-label': 'Project', value: shown }, projects.map(name => h('option', { value: name }, name)));
  select.onchange = () => show(select.value);
  return select;
}
