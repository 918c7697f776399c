import { isEnded } from 'backstage-plugin-canary-common';
import { Instant } from '../model';
import { StoredRollout } from '../store';
import type { ControllerOptions, Pace } from './Controller';

const RETRY_MS = 250;
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000];

/**
 * Works on one leased rollout, tick after tick, until it ended, its next look
 * is further away than the lease is worth, or the lease went to somebody else.
 */
export class Worker {
  private readonly stopping = new AbortController();
  private tickAbort = new AbortController();
  private sleepAbort = new AbortController();
  private done: Promise<Instant | undefined> = Promise.resolve(undefined);
  private stale = false;
  private failures = 0;
  private failure: string | undefined;

  constructor(
    private stored: StoredRollout,
    private readonly options: ControllerOptions & { readonly pace: Pace },
  ) {}

  /** A wake-up or a newer state arrived when the work was just being let go. */
  get pending(): StoredRollout | undefined {
    return this.stale ? this.stored : undefined;
  }

  /** Resolves with the time of the next look, or undefined when there is none for us. */
  run(): Promise<Instant | undefined> {
    const watching = new AbortController();
    this.options.watch?.(this.stored.state, () => this.wake(), watching.signal);
    this.done = this.loop().finally(() => watching.abort());
    return this.done;
  }

  /** Looks again at once: after a running tick, or instead of a sleep. */
  wake(): void {
    this.stale = true;
    this.sleepAbort.abort();
  }

  /** Goes on with this state at once; a running tick is ended. */
  replace(stored: StoredRollout): void {
    this.stored = stored;
    this.tickAbort.abort();
    this.wake();
  }

  /** Lets a running tick end, then gives the lease back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.sleepAbort.abort();
    await this.done.catch(() => undefined);
  }

  private async loop(): Promise<Instant | undefined> {
    const { store, clock, pace } = this.options;
    let dueAt = this.stored.state.requeueAt ?? clock.now();

    while (!this.stopping.signal.aborted) {
      if (this.stale && !(await this.reread())) return undefined;
      const waitMs = await this.tick(dueAt);
      const { state, epoch } = this.stored;

      dueAt = clock.now() + waitMs;
      if (this.stale) continue;
      if (isEnded(state.phase)) return this.letGo();
      if (waitMs > pace.leaseMs / 2) return this.letGo(dueAt);

      const leaseMs =
        state.phase === 'RollingBack' ? pace.rollingBackLeaseMs : pace.leaseMs;
      if (!(await store.renew(state.id, epoch, leaseMs, dueAt)))
        this.stale = true;
      await this.sleep(waitMs);
    }
    return this.letGo(clock.now());
  }

  /** One tick; returns how long the next may wait. */
  private async tick(dueAt: Instant): Promise<number> {
    const { clock, logger } = this.options;
    this.tickAbort = new AbortController();
    const { signal } = this.tickAbort;
    try {
      const tick = await this.options.tick(
        this.stored,
        Math.min(dueAt, clock.now()),
        signal,
        this.failure,
      );
      // `replace` may have handed us a newer state while the tick ran.
      if (signal.aborted) return 0;
      this.stored = tick.stored;
      this.failure = tick.failure;
      if (tick.failure) return this.backOff();
      this.failures = 0;
      return Math.max(RETRY_MS, tick.lookAt - clock.now());
    } catch (error) {
      if (!signal.aborted && (error as Error).name !== 'ConflictError') {
        logger.error(
          `The look at rollout ${this.stored.state.id} failed`,
          error as Error,
        );
        await this.sleep(this.backOff());
      }
      this.stale = true;
      return 0;
    }
  }

  private backOff(): number {
    const waitMs = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)];
    this.failures += 1;
    return waitMs;
  }

  /** Takes the row as it is now; false when the lease is no longer ours. */
  private async reread(): Promise<boolean> {
    this.stale = false;
    const { store, owner } = this.options;
    const stored = await store.get(this.stored.state.id);
    if (stored?.lease?.owner !== owner) return false;
    this.stored = stored;
    return true;
  }

  private async sleep(ms: number): Promise<void> {
    if (this.stale || this.stopping.signal.aborted) return;
    this.sleepAbort = new AbortController();
    await this.options.clock.sleep(ms, this.sleepAbort.signal);
  }

  private async letGo(lookAt?: Instant): Promise<Instant | undefined> {
    const { state, epoch } = this.stored;
    await this.options.store.release(state.id, epoch, lookAt);
    return lookAt;
  }
}
