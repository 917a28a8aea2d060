import { route, start } from './router.js';
import './parts/chart.js';
import './parts/log.js';
import { signedIn } from './parts/signed-in.js';

route('/', () => import('./pages/overview.js'));
route('/jobs', () => import('./pages/jobs.js'));
route('/jobs/:id', () => import('./pages/job.js'));
route('/new', () => import('./pages/new-job.js'));
route('/datasets', () => import('./pages/datasets.js'));
route('/datasets/:id', () => import('./pages/dataset.js'));
route('/models', () => import('./pages/models.js'));
route('/models/:name', () => import('./pages/model.js'));
route('/models/:name/:version', () => import('./pages/model.js'));
route('/compare', () => import('./pages/compare.js'));

start(document.getElementById('main'));
signedIn(document.getElementById('signed-in'), document.getElementById('project'));
