// `npm run benchmark`: measures the page in a real browser against the demo with
// years of history, beside the Kubernetes plugin's own tab.
import { spawn } from 'node:child_process';
import { checkNode } from './lib/checkNode.mjs';
import { findBrowser } from './lib/findBrowser.mjs';
import { install } from './lib/install.mjs';
import { fail, root } from './lib/say.mjs';

checkNode();
await install();

const browser = findBrowser();
if (!browser) {
  fail('the benchmark needs a Chromium: set PLAYWRIGHT_CHROMIUM_PATH to one.');
}
spawn(
  process.execPath,
  [
    '--require',
    '@backstage/cli/config/nodeTransform.cjs',
    'test/benchmark/main.ts',
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PLAYWRIGHT_CHROMIUM_PATH: browser },
  },
).on('exit', code => process.exit(code ?? 1));
