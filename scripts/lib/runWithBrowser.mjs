import { spawn } from 'node:child_process';
import { checkNode } from './checkNode.mjs';
import { findBrowser } from './findBrowser.mjs';
import { install } from './install.mjs';
import { fail, root } from './say.mjs';

/** Runs a TypeScript program of `test/` that drives a browser, and ends with its code. */
export async function runWithBrowser(program, what) {
  checkNode();
  await install();
  const browser = findBrowser();
  if (!browser) {
    fail(`${what} needs a Chromium: set PLAYWRIGHT_CHROMIUM_PATH to one.`);
  }
  spawn(
    process.execPath,
    ['--require', '@backstage/cli/config/nodeTransform.cjs', program],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, PLAYWRIGHT_CHROMIUM_PATH: browser },
    },
  ).on('exit', code => process.exit(code ?? 1));
}
