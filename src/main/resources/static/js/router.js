/** Pages by the fragment of the address: #/jobs/ID?tab=log. The server knows one page, at /. */

import { UNREACHABLE } from './api.js';
import { h } from './dom.js';
import { label } from './format.js';
import { failure, loading } from './parts/states.js';

const NOT_FOUND = 404;
const AGAIN = 3000; // ms, while the service does not answer
const routes = [];
let current = null;

/** @param load imports the page: its {@code show(place)} fills {@code place.root} */
export function route(pattern, load) {
  const names = [];
  const expression = pattern.replace(/:(\w+)/g, (_, name) => names.push(name) && '([^/]+)');
  routes.push({ expression: new RegExp('^' + expression + '$'), names, load });
}

export function start(main) {
  addEventListener('hashchange', () => open(main, true));
  open(main, false);
}

export function go(hash) {
  location.hash = hash;
}

/** Changes what stands behind the ? without opening the page anew. */
export function keep(query) {
  const text = new URLSearchParams(Object.entries(query).filter(([, v]) => v)).toString();
  history.replaceState(null, '', '#' + parse().path + (text ? '?' + text : ''));
  if (current) current.query = query;
}

function parse() {
  const [path, query] = location.hash.replace(/^#/, '').split('?');
  return { path: path || '/', query: Object.fromEntries(new URLSearchParams(query)) };
}

async function open(main, focus) {
  const { path, query } = parse();
  if (!path.startsWith('/')) return; // a link within the page
  current?.leave.abort();
  const leave = new AbortController();
  const place = { path, query, params: {}, root: h('div', { class: 'page' }), signal: leave.signal, leave };
  current = place;
  mark(path);
  place.root.append(loading('Opening the page'));
  main.replaceChildren(place.root);
  if (focus) {
    main.focus({ preventScroll: true });
    scrollTo(0, 0);
  }
  place.title = text => {
    if (!leave.signal.aborted) document.title = text + ' · Trainyard';
  };
  try {
    const found = routes.find(it => it.expression.test(path));
    if (!found) throw Object.assign(new Error('There is no page at ' + path + '.'), { title: 'No such page', status: NOT_FOUND });
    const values = path.match(found.expression).slice(1).map(decodeURIComponent);
    found.names.forEach((name, i) => (place.params[name] = values[i]));
    const page = await found.load();
    if (!leave.signal.aborted) await page.show(place);
  } catch (problem) {
    if (problem.name === 'AbortError' || leave.signal.aborted) return;
    console.warn(problem);
    leave.abort();
    place.root.replaceChildren(failure(problem, problem.status === NOT_FOUND ? elsewhere(path) : () => open(main, false), 'h1'));
    if (problem.status === UNREACHABLE) setTimeout(() => current === place && open(main, false), AGAIN);
  }
}

/** To the list that it would be in; it does not help to try again. */
function elsewhere(path) {
  const list = '/' + path.split('/')[1];
  const known = path !== list && routes.some(it => it.expression.test(list));
  return h('a', { class: 'button', href: known ? '#' + list : '#/' }, known ? label(list.slice(1)) : 'Overview');
}

function mark(path) {
  for (const link of document.querySelectorAll('.pages a, .top a.new')) {
    const to = link.getAttribute('href').slice(1);
    const here = to === '/' ? path === '/' : path === to || path.startsWith(to + '/');
    if (here) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
}
