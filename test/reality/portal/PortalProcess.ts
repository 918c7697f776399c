import { Entity } from '@backstage/catalog-model';
import { JsonObject } from '@backstage/types';
import { ChildProcess, fork } from 'node:child_process';
import {
  createWriteStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PortalClient } from '../../src/__testUtils__/PortalClient';

const ROOT = path.resolve(__dirname, '../../..');

/** A backend with the real plugin in a process of its own, which may be killed; its database stays. */
export class PortalProcess extends PortalClient {
  private readonly directory = mkdtempSync(path.join(tmpdir(), 'portal-'));
  private child?: ChildProcess;
  private listening = 0;

  private constructor(
    private readonly options: {
      readonly entities: readonly Entity[];
      /** The `canary` part of `app-config.yaml`. */
      readonly canary: JsonObject;
    },
  ) {
    super();
  }

  static async open(options: PortalProcess['options']): Promise<PortalProcess> {
    const portal = new PortalProcess(options);
    await portal.start();
    return portal;
  }

  /** Starts the process, or another one after `kill`. */
  async start(): Promise<void> {
    const { directory } = this;
    const optionsFile = path.join(directory, 'options.json');
    writeFileSync(
      optionsFile,
      JSON.stringify({ ...this.options, directory: directory }),
    );
    const child = fork(path.join(__dirname, 'main.ts'), [optionsFile], {
      cwd: ROOT,
      execArgv: ['--require', '@backstage/cli/config/nodeTransform.cjs'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.child = child;
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stdout!.pipe(log, { end: false });
    child.stderr!.pipe(log, { end: false });
    this.listening = await new Promise((resolve, reject) => {
      // The transform of TypeScript sends messages of its own.
      child.on('message', ({ port }: any) => port && resolve(port));
      child.once('exit', () =>
        reject(new Error(`The portal ended:\n${this.said()}`)),
      );
    });
  }

  /** `kill -9`. */
  async kill(): Promise<void> {
    const { child } = this;
    if (!child || child.exitCode !== null) return;
    const ended = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** The last it wrote. */
  said(): string {
    return readFileSync(this.logFile, 'utf8').slice(-5_000);
  }

  protected get port(): number {
    return this.listening;
  }

  private get logFile() {
    return path.join(this.directory, 'log');
  }
}
