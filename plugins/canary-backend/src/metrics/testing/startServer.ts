import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether a program is on the PATH: `<program> <argument>` succeeds. */
export function isInstalled(program: string, argument: string): boolean {
  return spawnSync(program, [argument]).status === 0;
}

/** A folder of its own for a test's server. */
export function temporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `canary-${name}-`));
}

/**
 * Runs a server of its own for a test until `close`, which removes its folder
 * too. Resolves once `readyUrl` answers; rejects when the program ends before.
 */
export async function startServer(options: {
  readonly command: readonly [program: string, ...args: string[]];
  readonly folder: string;
  readonly readyUrl: string;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<{ close(): Promise<void> }> {
  const { command, folder, readyUrl, env } = options;
  const [program, ...args] = command;
  const child = spawn(program, args, {
    stdio: 'ignore',
    env: { ...process.env, ...env },
  });
  for (;;) {
    const ready = await fetch(readyUrl).catch(() => undefined);
    if (ready?.ok) break;
    if (child.exitCode !== null) throw new Error(`${program} did not start`);
    await new Promise(resolve => setTimeout(resolve, 50));
  }
  return {
    async close() {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}
