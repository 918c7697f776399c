import { ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';

/** A server program that runs beside a test, with flags as Kubernetes' own have them. */
export class ServerProcess {
  private said = '';
  private readonly child: ChildProcess;
  private readonly ended: Promise<void>;

  /** @param folder - where the program lies */
  constructor(
    folder: string,
    readonly name: string,
    flags: Readonly<Record<string, string>>,
  ) {
    this.child = spawn(
      path.join(folder, name),
      Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`),
      { stdio: ['ignore', 'ignore', 'pipe'] },
    );
    this.child.stderr?.on('data', text => {
      this.said = (this.said + text).slice(-2_000);
    });
    // A test that ends without a word leaves no server behind.
    const killOnExit = () => this.child.kill('SIGKILL');
    process.once('exit', killOnExit);
    this.ended = new Promise<void>(resolve => {
      this.child.once('exit', () => {
        process.off('exit', killOnExit);
        resolve();
      });
      this.child.once('error', error => {
        this.said += error.message;
        resolve();
      });
    });
  }

  /**
   * Waits until it answers for itself.
   *
   * @throws with the last it said, when it ends before, or takes a minute
   */
  async untilReady(isReady: () => Promise<boolean>): Promise<void> {
    const giveUpAt = Date.now() + 60_000;
    while (!(await isReady())) {
      const { exitCode, pid } = this.child;
      if (exitCode !== null || !pid) {
        throw new Error(`${this.name} ended: ${this.said}`);
      }
      if (Date.now() > giveUpAt) {
        throw new Error(`${this.name} is not ready: ${this.said}`);
      }
      await new Promise(resolve => setTimeout(resolve, 100));
    }
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}
