// `npm test`: installs what is missing, then runs every suite. What this
// machine lacks (a browser, Prometheus, …) is named and its tests are skipped;
// with CI=true it is an error instead.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { checkNode } from './lib/checkNode.mjs';
import { findBrowser } from './lib/findBrowser.mjs';
import { findProgram } from './lib/findProgram.mjs';
import { install } from './lib/install.mjs';
import { fail, root, say } from './lib/say.mjs';

checkNode();
await install();

const inCi = process.env.CI === 'true';
const browser = findBrowser();
lacking(
  browser,
  'a Chromium (set PLAYWRIGHT_CHROMIUM_PATH)',
  'the browser tests',
);
for (const [program, server] of [
  ['prometheus', 'Prometheus'],
  ['influxd', 'InfluxDB'],
  ['graphite-manage', 'Graphite'],
]) {
  lacking(
    findProgram(program),
    `${program} on the PATH`,
    `the tests against a real ${server}`,
  );
}
lacking(
  process.env.KUBEBUILDER_ASSETS,
  'a folder with kube-apiserver and etcd named by KUBEBUILDER_ASSETS',
  'the tests against a real kube-apiserver',
);

const suites = {
  unit: [
    'node_modules/@backstage/cli/bin/backstage-cli',
    'repo',
    'test',
    '--maxWorkers=2',
    '--no-watch',
  ],
  'end-to-end': [
    'node_modules/jest/bin/jest.js',
    '--config',
    'test/jest.e2e.config.js',
    // They mostly wait: for a rollout's steps, for a page.
    '--maxWorkers=2',
  ],
};
const wanted = process.argv.slice(2).filter(word => word in suites);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, args] of Object.entries(suites)) {
  if (wanted.length === 0 || wanted.includes(name)) await runSuite(name, args);
}
say('all suites have run');
process.stdout.write(
  `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`,
);
process.exit(total.failed > 0 ? 1 : 0);

function lacking(found, what, tests) {
  if (found) return;
  if (inCi) fail(`CI needs ${what} for ${tests}.`);
  say(`SKIPPED: ${tests}, for this machine lacks ${what}`);
}

async function runSuite(name, args) {
  say(`running the ${name} tests`);
  const report = path.join(root, '.cache', `${name}.json`);
  mkdirSync(path.dirname(report), { recursive: true });
  rmSync(report, { force: true });
  const code = await new Promise(resolve => {
    spawn(process.execPath, [...args, '--json', `--outputFile=${report}`], {
      cwd: root,
      // The report goes to the file; people read what Jest says on stderr.
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {
        ...process.env,
        ...(browser ? { PLAYWRIGHT_CHROMIUM_PATH: browser } : {}),
        // Databases come from a registry package, never from Docker.
        BACKSTAGE_TEST_DISABLE_DOCKER: '1',
        NODE_ENV: 'test',
      },
    }).on('exit', resolve);
  });
  let result;
  try {
    result = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    fail(`the ${name} tests ended with code ${code} and left no report`);
  }
  if (result.numTotalTests === 0)
    fail(`the ${name} suite found nothing to run`);
  total.passed += result.numPassedTests;
  total.skipped += result.numPendingTests;
  // A file that does not even load has no failed test of its own.
  total.failed += Math.max(result.numFailedTests, result.numFailedTestSuites);
  if (code !== 0 && total.failed === 0) {
    fail(`the ${name} tests ended with code ${code} though no test failed`);
  }
}
