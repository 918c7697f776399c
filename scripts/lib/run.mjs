import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { signalGroup } from './parts.mjs';
import { fail, say } from './say.mjs';

/**
 * Notes the processes of this run, and ends what an earlier run left behind: a
 * killed supervisor cannot take its children along.
 */
export async function openRun(dataDir) {
  mkdirSync(path.join(dataDir, 'database'), { recursive: true });
  const file = path.join(dataDir, 'run.json');
  await endEarlierRun(file);
  return {
    note: parts =>
      writeFileSync(
        file,
        JSON.stringify({
          supervisor: process.pid,
          groups: parts.map(part => part.pid),
        }),
      ),
    close: () => rmSync(file, { force: true }),
  };
}

async function endEarlierRun(file) {
  let earlier;
  try {
    earlier = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return;
  }
  const alive = () => [
    ...(isOurs(earlier.supervisor) ? [earlier.supervisor] : []),
    ...earlier.groups.filter(isOurs),
  ];
  if (alive().length === 0) return;
  say('ending what an earlier `npm start` left running');
  if (isOurs(earlier.supervisor)) process.kill(earlier.supervisor, 'SIGTERM');
  earlier.groups.filter(isOurs).forEach(pid => signalGroup(pid, 'SIGTERM'));
  for (let tries = 0; tries < 120 && alive().length > 0; tries++) {
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  earlier.groups.filter(isOurs).forEach(pid => signalGroup(pid, 'SIGKILL'));
}

/** Whether the process lives and is one of ours: a number may have been given away since. */
function isOurs(pid) {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return /start\.mjs|nodeTransform|backstage-cli/.test(
      readFileSync(`/proc/${pid}/cmdline`, 'utf8'),
    );
  } catch {
    return process.platform !== 'linux';
  }
}

/** Ends with a sentence that names the port when somebody else listens on it. */
export async function waitForFreePorts(ports) {
  for (const [name, port] of Object.entries(ports)) {
    let taken = await isTaken(port);
    for (let tries = 0; taken && tries < 20; tries++) {
      await new Promise(resolve => setTimeout(resolve, 250));
      taken = await isTaken(port);
    }
    if (taken) {
      fail(
        `port ${port} (${name}) is in use by another program: stop it, or choose another with ${variableOf(
          name,
        )}.`,
      );
    }
  }
}

function variableOf(name) {
  return ['portal', 'backend'].includes(name)
    ? `CANARY_${name.toUpperCase()}_PORT`
    : `CANARY_SANDBOX_${name.toUpperCase()}_PORT`;
}

function isTaken(port) {
  return new Promise(resolve => {
    const server = net.createServer();
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
