import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { signalGroup } from './parts.mjs';
import { fail, root, say } from './say.mjs';

const OURS = /start\.mjs|nodeTransform|backstage-cli/;

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

/**
 * Whether the process lives and is one of ours: since the earlier run its
 * number may have been given to a stranger, whom we must not touch.
 */
function isOurs(pid) {
  try {
    const command = execFileSync('ps', ['-o', 'command=', '-p', String(pid)], {
      encoding: 'utf8',
    });
    return OURS.test(command) && runsHere(pid);
  } catch {
    // Gone, or a system without ps: then nothing is ended here, and a port
    // that is still taken is told by name.
    return false;
  }
}

/** On Linux the folder tells our processes from another checkout's. */
function runsHere(pid) {
  if (process.platform !== 'linux') return true;
  return readlinkSync(`/proc/${pid}/cwd`).startsWith(root);
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
