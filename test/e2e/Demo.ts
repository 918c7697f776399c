import { ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { CanaryClient, Phase, Rollout } from 'backstage-plugin-canary-common';
import { ownPort } from './ownPort';

const root = path.resolve(__dirname, '../..');

const PORTS = {
  CANARY_PORTAL_PORT: String(ownPort(3000)),
  CANARY_BACKEND_PORT: String(ownPort(7007)),
  CANARY_SANDBOX_KUBERNETES_PORT: String(ownPort(6443)),
  CANARY_SANDBOX_GATEWAY_PORT: String(ownPort(8080)),
  CANARY_SANDBOX_CONTROL_PORT: String(ownPort(8180)),
  CANARY_SANDBOX_PROMETHEUS_PORT: String(ownPort(9090)),
};

/** Answer of a pod of the sandbox, as a user of the shop gets it. */
export interface Answer {
  readonly status: number;
  readonly version?: string;
}

/**
 * The whole demo as `npm start` runs it, on ports and a data folder of its own.
 */
export class Demo {
  readonly portalUrl = `http://localhost:${PORTS.CANARY_PORTAL_PORT}`;
  readonly backendUrl = `http://localhost:${PORTS.CANARY_BACKEND_PORT}`;
  readonly kubernetesUrl = `http://127.0.0.1:${PORTS.CANARY_SANDBOX_KUBERNETES_PORT}`;
  readonly controlUrl = `http://127.0.0.1:${PORTS.CANARY_SANDBOX_CONTROL_PORT}`;
  readonly dataDir = mkdtempSync(path.join(os.tmpdir(), 'canary-e2e-'));
  private supervisor?: ChildProcess;
  private output = '';

  /** @param options.portal - without it only sandbox and backend run, which starts sooner */
  constructor(private readonly options: { readonly portal: boolean }) {}

  private readonly agent = new http.Agent({ keepAlive: true, maxSockets: 16 });

  /** Starts everything and waits until it is ready. */
  async start(): Promise<void> {
    this.output = '';
    const args = ['scripts/start.mjs'];
    if (!this.options.portal) args.push('--without-portal');
    const supervisor = spawn(process.execPath, args, {
      cwd: root,
      env: {
        ...process.env,
        ...PORTS,
        CANARY_DATA_DIR: this.dataDir,
        NODE_ENV: 'development',
        BROWSER: 'none',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.supervisor = supervisor;
    await new Promise<void>((resolve, reject) => {
      const onData = (chunk: Buffer) => {
        this.output = (this.output + chunk).slice(-200_000);
        if (this.output.includes('[canary] ready:')) resolve();
      };
      supervisor.stdout!.on('data', onData);
      supervisor.stderr!.on('data', onData);
      supervisor.on('exit', code =>
        reject(
          new Error(
            `npm start ended with ${code}:\n${this.output.slice(-8000)}`,
          ),
        ),
      );
    });
  }

  /** The last lines that the demo printed, for a failed test's message. */
  get log(): string {
    return this.output.slice(-8000);
  }

  /** Kills the backend process the hard way and waits until `npm start` gave up. */
  async killBackend(): Promise<void> {
    const { groups } = JSON.parse(
      readFileSync(path.join(this.dataDir, 'run.json'), 'utf8'),
    ) as { groups: number[] };
    // Started in the order sandbox, backend, portal.
    process.kill(groups[1], 'SIGKILL');
    await this.ended();
  }

  /** Stops everything and removes the data. */
  async stop(): Promise<void> {
    this.supervisor?.kill('SIGTERM');
    await this.ended();
    this.agent.destroy();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  /** The canary API as the signed-in guest. */
  async api(): Promise<CanaryClient> {
    const response = await fetch(`${this.backendUrl}/api/auth/guest/refresh`);
    const { backstageIdentity } = await response.json();
    return new CanaryClient({
      getBaseUrl: async () => `${this.backendUrl}/api/canary`,
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          headers: {
            ...init?.headers,
            authorization: `Bearer ${backstageIdentity.token}`,
          },
        }),
    });
  }

  /** Polls a rollout until the condition holds. */
  async until(
    id: string,
    condition: (rollout: Rollout) => boolean,
    timeoutMs = 180_000,
  ): Promise<Rollout> {
    const api = await this.api();
    const end = Date.now() + timeoutMs;
    for (;;) {
      const rollout = await api.getRollout(id);
      if (condition(rollout)) return rollout;
      if (Date.now() > end) {
        throw new Error(
          `Waited ${timeoutMs} ms in vain; the rollout is ${JSON.stringify(
            { ...rollout, plan: undefined },
            null,
            1,
          )}\n${this.log}`,
        );
      }
      await new Promise(resolve => setTimeout(resolve, 200));
    }
  }

  /** Waits for a phase. */
  untilPhase(id: string, phase: Phase, timeoutMs?: number): Promise<Rollout> {
    return this.until(id, rollout => rollout.phase === phase, timeoutMs);
  }

  /** One request to the shop, through the gateway, as a user sends it. */
  request(service = 'checkout'): Promise<Answer> {
    return new Promise((resolve, reject) => {
      http
        .get(
          {
            port: Number(PORTS.CANARY_SANDBOX_GATEWAY_PORT),
            host: '127.0.0.1',
            path: '/',
            headers: { host: `${service}.shop.example` },
            agent: this.agent,
          },
          response => {
            let body = '';
            response.on('data', chunk => {
              body += chunk;
            });
            response.on('end', () => {
              const status = response.statusCode ?? 0;
              try {
                resolve({ status, version: JSON.parse(body).version });
              } catch {
                resolve({ status });
              }
            });
          },
        )
        .on('error', reject);
    });
  }

  /** Many requests, sixteen at a time. */
  async requests(count: number, service = 'checkout'): Promise<Answer[]> {
    const answers: Answer[] = [];
    await Promise.all(
      Array.from({ length: 16 }, async (_, lane) => {
        for (let i = lane; i < count; i += 16) {
          answers.push(await this.request(service));
        }
      }),
    );
    return answers;
  }

  /** Switches the source of the metrics on or off. */
  metrics(available: boolean): Promise<void> {
    return this.control('metrics', { available });
  }

  /** Sets one of the sandbox's switches: `load`, `errors`, `metrics`. */
  async control(name: string, body: object): Promise<void> {
    const response = await fetch(`${this.controlUrl}/control/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`control answered ${response.status}`);
  }

  /** An object of the sandbox's cluster, or undefined. */
  async object(path_: string): Promise<any> {
    const response = await fetch(`${this.kubernetesUrl}${path_}`, {
      headers: { authorization: 'Bearer sandbox' },
    });
    return response.ok ? response.json() : undefined;
  }

  private ended(): Promise<void> {
    const { supervisor } = this;
    if (!supervisor || supervisor.exitCode !== null || supervisor.signalCode) {
      return Promise.resolve();
    }
    return new Promise(resolve => {
      supervisor.once('exit', () => resolve());
    });
  }
}
