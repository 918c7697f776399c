import { ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const readyWithinMs = 15_000;
const stopWithinMs = 5_000;

/**
 * A real Prometheus that scrapes the control port every second. Its data lives
 * in a folder of its own until the sandbox stops, so that an outage which was
 * shown leaves a gap, not an empty server.
 */
export class PrometheusProcess {
  private child?: ChildProcess;
  private readonly killWithParent = () => this.child?.kill('SIGKILL');

  private constructor(
    private readonly binary: string,
    private readonly folder: string,
    private readonly port: number,
  ) {}

  static async create(options: {
    readonly binary: string;
    readonly port: number;
    /** `host:port` of the control server. */
    readonly target: string;
  }): Promise<PrometheusProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'canary-sandbox-prometheus-'));
    await writeFile(
      join(folder, 'prometheus.yml'),
      [
        'global: { scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s }',
        'scrape_configs:',
        '  - job_name: gateway',
        // The gateway names pods and services itself: its labels stand.
        '    honor_labels: true',
        `    static_configs: [{ targets: ['${options.target}'] }]`,
      ].join('\n'),
    );
    return new PrometheusProcess(options.binary, folder, options.port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get running(): boolean {
    return this.child !== undefined;
  }

  /** Resolves when it answers queries; rejects when it ends before. */
  async start(): Promise<void> {
    if (this.child) return;
    const child = spawn(
      this.binary,
      [
        `--config.file=${join(this.folder, 'prometheus.yml')}`,
        `--storage.tsdb.path=${join(this.folder, 'data')}`,
        '--storage.tsdb.retention.time=6h',
        `--web.listen-address=127.0.0.1:${this.port}`,
        '--log.level=error',
      ],
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.child = child;
    process.once('exit', this.killWithParent);
    let complaint = '';
    child.stderr?.on('data', chunk => {
      complaint = `${complaint}${chunk}`.slice(-2000);
    });
    const ended = new Promise<never>((_, reject) => {
      child.once('error', reject);
      child.once('exit', code => {
        if (this.child === child) this.child = undefined;
        process.off('exit', this.killWithParent);
        reject(new Error(`Prometheus ended with code ${code}: ${complaint}`));
      });
    });
    ended.catch(() => {});
    await Promise.race([ended, this.ready()]);
  }

  /** Resolves when the process is gone. */
  async stop(): Promise<void> {
    const { child } = this;
    if (!child) return;
    const gone = new Promise(resolve => child.once('exit', resolve));
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), stopWithinMs);
    await gone;
    clearTimeout(force);
  }

  /** Stops it and removes its data. */
  async dispose(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    const deadline = Date.now() + readyWithinMs;
    while (Date.now() < deadline) {
      const ok = await fetch(`${this.url}/-/ready`).then(
        answer => answer.ok,
        () => false,
      );
      if (ok) return;
      await new Promise(resolve => setTimeout(resolve, 100));
    }
    throw new Error(`Prometheus was not ready within ${readyWithinMs} ms`);
  }
}
