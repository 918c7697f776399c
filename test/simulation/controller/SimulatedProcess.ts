import { Clock } from 'backstage-plugin-canary-node';
import { VirtualTime } from './time/VirtualTime';

/** More than any clock of a process is wrong by; its monotonic clock began somewhere else. */
const MONOTONIC_BEGIN = 5_000;

/**
 * One backend process. Nothing reaches it but by `deliver`: what is for a process
 * that was stopped (SIGSTOP) waits until it goes on, and what is for a dead one
 * (SIGKILL) never comes.
 */
export class SimulatedProcess {
  private dead = false;
  private readonly inbox: (() => void)[] = [];
  private stops = 0;
  private readonly bornAt: number;

  constructor(
    readonly name: string,
    private readonly time: VirtualTime,
    /** By how much its wall clock is ahead. */
    public skewMs = 0,
  ) {
    this.bornAt = time.now;
  }

  get isDead(): boolean {
    return this.dead;
  }

  get isStopped(): boolean {
    return this.stops > 0;
  }

  /** The clocks of this process. */
  readonly clock: Clock = {
    now: () => Math.floor(this.time.now) + this.skewMs,
    monotonicMs: () => this.time.now - this.bornAt + MONOTONIC_BEGIN,
    sleep: (ms, signal) => {
      if (signal?.aborted) return Promise.resolve();
      return new Promise(resolve => {
        const wake = () => {
          signal?.removeEventListener('abort', leave);
          resolve();
        };
        const timer = this.time.after(ms, () => this.deliver(wake));
        function leave() {
          timer.cancel();
          resolve();
        }
        signal?.addEventListener('abort', leave, { once: true });
      });
    },
  };

  /** What comes from outside: a timer, an answer, an event of a stream. */
  deliver(what: () => void): void {
    if (this.dead) return;
    if (this.isStopped) this.inbox.push(what);
    else what();
  }

  /** SIGKILL. */
  kill(): void {
    this.dead = true;
    this.inbox.length = 0;
  }

  /** SIGSTOP, and SIGCONT so much later. */
  stop(ms: number): void {
    if (this.dead) return;
    this.stops++;
    this.time.after(ms, () => {
      this.stops--;
      if (this.isStopped) return;
      for (const what of this.inbox.splice(0)) this.deliver(what);
    });
  }
}
