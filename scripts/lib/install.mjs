import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fail, root, say } from './say.mjs';

const lockfile = path.join(root, 'package-lock.json');
const installed = path.join(root, 'node_modules/.package-lock.json');
const receipt = path.join(root, 'node_modules/.canary-installed');

/** What was installed last: the lockfile's own words, not its age, which git changes. */
const fingerprint = () =>
  createHash('sha256').update(readFileSync(lockfile)).digest('hex');

function upToDate() {
  if (existsSync(receipt)) {
    return readFileSync(receipt, 'utf8') === fingerprint();
  }
  // Installed by hand, with npm ci or npm install.
  return (
    existsSync(installed) &&
    statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs
  );
}

/** Runs `npm ci` when node_modules is missing or older than the lockfile. */
export async function install() {
  if (upToDate()) return;
  say('installing packages (npm ci); the first time takes some minutes');
  const started = Date.now();
  const beat = setInterval(
    () => say(`still installing, ${seconds(started)} s so far`),
    30_000,
  );
  const code = await new Promise(resolve => {
    const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
    spawn(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    }).on('exit', resolve);
  });
  clearInterval(beat);
  if (code !== 0) {
    fail(
      '`npm ci` failed, see above. A native add-on needs python3, make and a C++ compiler where no prebuilt one is to be had.',
    );
  }
  writeFileSync(receipt, fingerprint());
  say(`installed in ${seconds(started)} s`);
}

function seconds(since) {
  return Math.round((Date.now() - since) / 1000);
}
