import { ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { ownPort } from './ownPort';

const plugin = path.resolve(__dirname, '../../plugins/canary');
/** Not the demo's, which a suite beside this one may run. */
const PORT = ownPort(3100);

/**
 * The frontend plugin's own dev page: every state of the tab over values in
 * memory, the rare ones too, each by its name in the address.
 */
export class DevPage {
  readonly url = `http://localhost:${PORT}`;
  private server?: ChildProcess;

  async start(): Promise<void> {
    this.server = spawn(
      process.execPath,
      [
        '../../node_modules/@backstage/cli/bin/backstage-cli',
        'package',
        'start',
      ],
      {
        cwd: plugin,
        detached: true,
        stdio: 'ignore',
        env: {
          ...process.env,
          CANARY_PORTAL_PORT: String(PORT),
          NODE_ENV: 'development',
          BROWSER: 'none',
        },
      },
    );
    for (let tries = 0; tries < 240; tries++) {
      if (await this.answers()) return;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
    throw new Error(`the dev page did not answer at ${this.url}`);
  }

  /** Ends the server with all of its processes. */
  async stop(): Promise<void> {
    const { server } = this;
    if (!server?.pid || server.exitCode !== null) return;
    const ended = new Promise(resolve => server.once('exit', resolve));
    process.kill(-server.pid, 'SIGTERM');
    await ended;
  }

  private async answers(): Promise<boolean> {
    try {
      return (await fetch(this.url)).ok;
    } catch {
      return false;
    }
  }
}
