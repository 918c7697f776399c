import { spawn } from 'node:child_process';
import readline from 'node:readline';
import { say } from './say.mjs';

const STOP_MS = 10_000;

/**
 * Starts one part of the demo as a Node.js child in a process group of its
 * own, with its output behind its name.
 */
export function startPart(name, args, cwd, env) {
  say(`starting the ${name}`);
  const child = spawn(process.execPath, args, {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  for (const stream of [child.stdout, child.stderr]) {
    readline
      .createInterface({ input: stream })
      .on('line', line => process.stdout.write(`[${name}] ${line}\n`));
  }
  const ended = new Promise(resolve => {
    child.on('error', error => resolve(error.message));
    child.on('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { name, pid: child.pid, ended };
}

/** Asks every part to stop, the last started first, and insists after ten seconds. */
export async function stopParts(parts) {
  await Promise.all(
    [...parts].reverse().map(async part => {
      signalGroup(part.pid, 'SIGTERM');
      const insist = setTimeout(
        () => signalGroup(part.pid, 'SIGKILL'),
        STOP_MS,
      );
      await part.ended;
      clearTimeout(insist);
    }),
  );
}

/** Sends a signal to a process group; one that is gone already is fine. */
export function signalGroup(pid, signal) {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
    return true;
  } catch {
    return false;
  }
}

/** Waits until a URL answers; rejects with a sentence when it does not. */
export async function waitFor(name, url, seconds, headers = async () => ({})) {
  for (let second = 0; second < seconds; second += 0.5) {
    try {
      const response = await fetch(url, {
        headers: await headers(),
        signal: AbortSignal.timeout(5000),
      });
      if (response.ok) return;
    } catch {
      // not listening yet
    }
    await new Promise(resolve => setTimeout(resolve, 500));
  }
  throw new Error(`the ${name} did not answer at ${url} within ${seconds} s`);
}

/** Headers of somebody who is signed in to the portal as guest. */
export async function asGuest(backendUrl) {
  const response = await fetch(`${backendUrl}/api/auth/guest/refresh`);
  const { backstageIdentity } = await response.json();
  return { authorization: `Bearer ${backstageIdentity.token}` };
}
