// `npm start`: installs what is missing, then runs sandbox, backend and portal
// until one of them ends or Ctrl+C. `npm start -- --without-portal` leaves the
// web page out, for work on the API. Only Node's own modules, because on a fresh
// clone there is nothing else yet.
import path from 'node:path';
import { checkNode } from './lib/checkNode.mjs';
import { install } from './lib/install.mjs';
import { findProgram } from './lib/findProgram.mjs';
import { openRun, waitForFreePorts } from './lib/run.mjs';
import { asGuest, startPart, stopParts, waitFor } from './lib/parts.mjs';
import { root, say } from './lib/say.mjs';
import { settings } from './lib/settings.mjs';

checkNode();
await install();

const withPortal = !process.argv.includes('--without-portal');
const run = await openRun(settings.dataDir);
await waitForFreePorts(settings.ports);

const prometheus = findProgram('prometheus');
const transform = ['--require', '@backstage/cli/config/nodeTransform.cjs'];
const metrics = prometheus ? 'prometheus' : 'web-metrics';
const config = ['app-config.yaml', `app-config.${metrics}.yaml`].flatMap(
  file => ['--config', path.join(root, file)],
);
say(
  prometheus
    ? `metrics come from Prometheus (${prometheus})`
    : 'no prometheus on the PATH: metrics come from the gateway itself',
);

const parts = [];
let stopping;
function stop(code, why) {
  stopping ??= (async () => {
    say(why);
    await stopParts(parts);
    run.close();
    process.exit(code);
  })();
  return stopping;
}
process.on('SIGINT', () => stop(0, 'stopping'));
process.on('SIGTERM', () => stop(0, 'stopping'));

function start(name, args, cwd) {
  const part = startPart(name, args, cwd, settings.env);
  parts.push(part);
  run.note(parts);
  part.ended.then(how => {
    if (!stopping) {
      stop(
        1,
        `the ${name} ended (${how}); run \`npm start\` again to go on where it stopped`,
      );
    }
  });
}

const { ports } = settings;
try {
  await startAll();
} catch (error) {
  await stop(1, `${error.message}; see its lines above`);
}

say(`ready: http://localhost:${withPortal ? ports.portal : ports.backend}
      Sign in as guest, then Catalog → Checkout → Deployment → Canary → Start rollout.
      Good: shop/checkout:v2    Bad: shop/checkout:v2-errors, :v2-slow, :v2-crash
      Ctrl+C stops everything; the next \`npm start\` goes on where it stopped.`);

/** Starts every part and waits until all of them answer. */
async function startAll() {
  start('sandbox', [...transform, 'packages/sandbox/src/main.ts'], root);
  await waitFor('sandbox', `http://127.0.0.1:${ports.control}/health`, 60);
  start(
    'backend',
    [...transform, 'src/index.ts', ...config],
    path.join(root, 'packages/backend'),
  );
  if (withPortal) {
    start(
      'portal',
      [
        '../../node_modules/@backstage/cli/bin/backstage-cli',
        'package',
        'start',
        ...config,
      ],
      path.join(root, 'packages/app'),
    );
  }
  const backendUrl = `http://127.0.0.1:${ports.backend}`;
  await waitFor('backend', `${backendUrl}/.backstage/health/v1/readiness`, 180);
  await waitFor(
    'catalog',
    `${backendUrl}/api/catalog/entities/by-name/component/default/checkout`,
    120,
    () => asGuest(backendUrl),
  );
  if (withPortal) {
    say('building the portal page for the first time takes about a minute');
    await waitFor('portal', `http://localhost:${ports.portal}`, 300);
  }
}
