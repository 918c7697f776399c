import { ConflictError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-canary-common';
import { Instant } from '../rollout';
import { StoredRollout } from '../store';
import type { ControllerOptions, Pace } from './Controller';
import { noteTrouble } from './tick/noteTrouble';

const RETRY_MS = 250;
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000];
/** From so many failed ticks in a row on, the page says that something is wrong. */
const TROUBLE_AFTER = 3;

/**
 * Works on one leased rollout, tick after tick, until it ended, its next look
 * is further away than the lease is worth, or the lease went to somebody else.
 * While a tick runs its lease is kept alive, however slow the cluster is.
 */
export class Worker {
  private readonly stopping = new AbortController();
  private tickAbort = new AbortController();
  private sleepAbort = new AbortController();
  private done: Promise<Instant | undefined> = Promise.resolve(undefined);
  private stale = false;
  private adopted: StoredRollout | undefined;
  private failures = 0;
  private failure: string | undefined;

  constructor(
    private stored: StoredRollout,
    private readonly options: ControllerOptions & { readonly pace: Pace },
  ) {}

  /** What arrived when the work was just being let go: a wake-up, or a state to go on with. */
  get pending(): { readonly adopted?: StoredRollout } | undefined {
    return this.stale ? { adopted: this.adopted } : undefined;
  }

  /** Resolves with the time of the next look, or undefined when there is none for us. */
  run(): Promise<Instant | undefined> {
    this.done = this.loop();
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
    this.adopted = stored;
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
    const { clock, pace } = this.options;
    let requeueAt = this.stored.state.requeueAt ?? clock.now();

    while (!this.stopping.signal.aborted) {
      if (this.stale && !(await this.reread())) return undefined;
      const waitMs = await this.tick(requeueAt);
      // A look that failed saw nothing: the gap before it is still unnoticed.
      if (waitMs === undefined) continue;

      requeueAt = clock.now() + waitMs;
      if (this.stale) continue;
      if (isEnded(this.stored.state.phase)) return this.letGo();
      if (waitMs >= pace.leaseMs / 2) return this.letGo(requeueAt);

      if (!(await this.renew(requeueAt))) this.stale = true;
      await this.sleep(waitMs);
    }
    return this.letGo(requeueAt);
  }

  /** One tick; returns how long the next may wait, undefined when it failed. */
  private async tick(requeueAt: Instant): Promise<number | undefined> {
    const { clock } = this.options;
    const tickAbort = new AbortController();
    this.tickAbort = tickAbort;
    const beating = new AbortController();
    void this.keepLease(tickAbort, beating.signal, requeueAt);
    try {
      const tick = await this.options.tick(
        this.stored,
        Math.min(requeueAt, clock.now()),
        tickAbort.signal,
        this.failure,
      );
      // `replace` may have handed us a newer state while the tick ran.
      if (tickAbort.signal.aborted) return undefined;
      this.stored = tick.stored;
      this.failure = tick.failure;
      if (tick.failure) return this.backOff();
      this.failures = 0;
      return Math.max(RETRY_MS, tick.requeueAt - clock.now());
    } catch (error) {
      if (!tickAbort.signal.aborted) await this.afterFailure(error as Error);
      this.stale = true;
      return undefined;
    } finally {
      beating.abort();
    }
  }

  /** Keeps the lease while a tick runs; a tick that lost it is ended. */
  private async keepLease(
    tickAbort: AbortController,
    signal: AbortSignal,
    requeueAt: Instant,
  ): Promise<void> {
    const { clock, logger } = this.options;
    for (;;) {
      await clock.sleep(this.leaseMs() / 3, signal);
      if (signal.aborted) return;
      const kept = await this.renew(requeueAt).catch(error => {
        // Commits compare the epoch, so a lease we cannot renew is only risky, not wrong.
        logger.warn('A lease could not be kept', error);
        return true;
      });
      if (signal.aborted) return;
      if (!kept) {
        tickAbort.abort(new ConflictError('The lease went to somebody else'));
        this.stale = true;
        return;
      }
    }
  }

  private renew(requeueAt: Instant): Promise<boolean> {
    const { state, epoch } = this.stored;
    return this.options.leases.renew(
      state.id,
      epoch,
      this.leaseMs(),
      requeueAt,
    );
  }

  private leaseMs(): number {
    const { leaseMs, rollingBackLeaseMs } = this.options.pace;
    return this.stored.state.phase === 'RollingBack'
      ? rollingBackLeaseMs
      : leaseMs;
  }

  private async afterFailure(error: Error): Promise<void> {
    if (error.name === 'ConflictError') return;
    const { rollouts, clock, logger } = this.options;
    const { id } = this.stored.state;
    logger.error(`The look at rollout ${id} failed`, error);
    const waitMs = this.backOff();
    if (this.failures === TROUBLE_AFTER) {
      await noteTrouble(rollouts, this.stored, error, clock.now()).catch(
        other =>
          logger.error(`Trouble of rollout ${id} could not be noted`, other),
      );
    }
    await this.sleep(waitMs);
  }

  private backOff(): number {
    const waitMs = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)];
    this.failures += 1;
    return waitMs;
  }

  /** Takes the row as it is now; false when the lease is no longer ours. */
  private async reread(): Promise<boolean> {
    this.stale = false;
    const { rollouts, owner } = this.options;
    const row = await rollouts.get(this.stored.state.id);
    // Handed to us while we read: what was read is older.
    if (this.stale && row && row.revision < this.stored.revision) return true;
    this.adopted = undefined;
    if (row?.lease?.owner !== owner) return false;
    this.stored = row;
    return true;
  }

  private async sleep(ms: number): Promise<void> {
    if (this.stale || this.stopping.signal.aborted) return;
    this.sleepAbort = new AbortController();
    await this.options.clock.sleep(ms, this.sleepAbort.signal);
  }

  private async letGo(requeueAt?: Instant): Promise<Instant | undefined> {
    const { state, epoch } = this.stored;
    await this.options.leases.release(state.id, epoch, requeueAt);
    return requeueAt;
  }
}
