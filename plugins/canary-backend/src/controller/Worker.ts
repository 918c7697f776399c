import { ConflictError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-canary-common';
import { setMaxListeners } from 'node:events';
import { Instant } from '../rollout';
import { StoredRollout } from '../store';
import type { ControllerOptions, Pace } from './Controller';
import { noteTrouble } from './tick/noteTrouble';

const RETRY_MS = 250;
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000];
/** From so many failed ticks in a row on, the page says that something is wrong. */
const TROUBLE_AFTER = 3;

/** What happened to the rollout elsewhere, not yet seen by us. */
interface News {
  /** The state to go on with, where somebody handed us one. */
  readonly adopted?: StoredRollout;
}

/** See `Worker`; `end` ends what the mode waits for. */
type Mode =
  | { readonly name: 'reading' | 'lettingGo' }
  | {
      readonly name: 'ticking' | 'backingOff' | 'sleeping';
      readonly end: AbortController;
    };

/**
 * Works on one leased rollout, tick after tick, in one of these modes:
 *
 * - `reading`: there is news, or a tick failed, so the row is taken as it is
 *   now. A row whose lease is not ours ends the work.
 * - `ticking`: one tick runs. Its lease is kept alive meanwhile, however slow
 *   the cluster is; a lease that went to somebody else ends the tick.
 * - `backingOff`: a tick broke down. The lease is kept through a short wait,
 *   which grows with every failure; then comes `reading`.
 * - `sleeping`: the next tick is near, or a refused write is tried again soon, so
 *   the lease is lengthened once and outlasts the wait; then comes `ticking`.
 * - `lettingGo`: the rollout ended, its next tick is further away than the lease
 *   is worth, or the replica stops. The lease is given back and the work is over.
 *
 * Three things arrive from outside, at any time:
 *
 * - `wake` is news: it ends a sleep or a back-off; a running tick goes on, and
 *   the row is read after it.
 * - `replace` is news with a state: it ends a running tick too.
 * - `stop` ends a sleep or a back-off, lets a running tick end, and lets go.
 *
 * News that arrives while the lease is given back, or later, stays in `news` for
 * whoever started the work.
 */
export class Worker {
  /** Whoever claimed the rollout has just read it. */
  private mode: Mode = { name: 'reading' };
  private unread: News | undefined;
  private stopping = false;
  private done: Promise<Instant | undefined> = Promise.resolve(undefined);
  /** Ticks in a row that failed, whether broken down or refused a write. */
  private failures = 0;
  /** Why the last tick was refused its write; the next one shows it. */
  private refusal: string | undefined;

  constructor(
    private stored: StoredRollout,
    private readonly options: ControllerOptions & { readonly pace: Pace },
  ) {}

  /** What nobody has seen yet, once the work is over. */
  get news(): News | undefined {
    return this.unread;
  }

  /** Resolves with the time of the next tick, or undefined when there is none for us. */
  run(): Promise<Instant | undefined> {
    this.done = this.work();
    return this.done;
  }

  /** Ticks again at once: after a running tick, or instead of a wait. */
  wake(): void {
    this.tell({});
    this.endWait();
  }

  /** Goes on with this state at once; a running tick is ended. */
  replace(stored: StoredRollout): void {
    this.stored = stored;
    this.tell({ adopted: stored });
    if (this.mode.name === 'ticking') this.mode.end.abort();
    this.endWait();
  }

  /** Lets a running tick end, then gives the lease back. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endWait();
    await this.done.catch(() => undefined);
  }

  private async work(): Promise<Instant | undefined> {
    const { clock, pace } = this.options;
    let requeueAt = this.stored.state.requeueAt ?? clock.now();

    while (!this.stopping) {
      if (this.unread && !(await this.read())) return undefined;
      const waitMs = await this.tick(requeueAt);
      // A tick that failed saw nothing: the gap before it is still unnoticed.
      if (waitMs === undefined) continue;

      requeueAt = clock.now() + waitMs;
      if (this.unread) continue;
      if (isEnded(this.stored.state.phase)) return this.letGo();
      if (waitMs >= pace.leaseMs / 2) return this.letGo(requeueAt);

      if (!(await this.renew(requeueAt))) this.tell({});
      await this.wait('sleeping', waitMs);
    }
    return this.letGo(requeueAt);
  }

  /** One tick; returns how long the next may wait, undefined when it failed. */
  private async tick(requeueAt: Instant): Promise<number | undefined> {
    const { clock } = this.options;
    const end = new AbortController();
    // Every question of the tick listens to it; Node would take that for a leak.
    setMaxListeners(Infinity, end.signal);
    this.mode = { name: 'ticking', end };
    const beating = new AbortController();
    void this.keepLease(end, beating.signal, requeueAt);
    try {
      const tick = await this.options.tick(
        this.stored,
        Math.min(requeueAt, clock.now()),
        end.signal,
        this.refusal,
      );
      // `replace` may have handed us a newer state while the tick ran.
      if (end.signal.aborted) return undefined;
      this.stored = tick.stored;
      this.refusal = tick.failure;
      if (tick.failure) return this.backOffMs();
      this.failures = 0;
      return Math.max(RETRY_MS, tick.requeueAt - clock.now());
    } catch (error) {
      if (!end.signal.aborted) await this.afterFailure(error as Error);
      this.tell({});
      return undefined;
    } finally {
      beating.abort();
    }
  }

  /** Keeps the lease while a tick runs; a tick that lost it is ended. */
  private async keepLease(
    ending: AbortController,
    signal: AbortSignal,
    requeueAt: Instant,
  ): Promise<void> {
    const { clock, logger } = this.options;
    for (;;) {
      await clock.sleep(this.leaseMs() / 3, signal);
      if (signal.aborted) return;
      const kept = await this.renew(requeueAt).catch(error => {
        // Commits compare the epoch, so a lease we cannot renew is only risky, not wrong.
        logger.warn(
          `Failed to keep the lease of rollout ${this.stored.state.id}; its tick goes on`,
          error,
        );
        return true;
      });
      if (signal.aborted) return;
      if (!kept) {
        ending.abort(new ConflictError('The lease went to somebody else'));
        this.tell({});
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
    logger.error(`Failed to bring rollout ${id} forward; trying again`, error);
    const waitMs = this.backOffMs();
    if (this.failures === TROUBLE_AFTER) {
      await noteTrouble(rollouts, this.stored, error, clock.now()).catch(
        other =>
          logger.error(
            `Failed to say on rollout ${id} that the controller fails at it`,
            other,
          ),
      );
    }
    await this.wait('backingOff', waitMs);
  }

  private backOffMs(): number {
    const waitMs = BACK_OFF_MS[Math.min(this.failures, BACK_OFF_MS.length - 1)];
    this.failures += 1;
    return waitMs;
  }

  /** Takes the row as it is now; false when the lease is no longer ours. */
  private async read(): Promise<boolean> {
    this.mode = { name: 'reading' };
    this.forget();
    const { rollouts, owner } = this.options;
    const row = await rollouts.get(this.stored.state.id);
    // Handed to us while we read: what was read is older.
    if (this.unread && row && row.revision < this.stored.revision) return true;
    // Whatever state came meanwhile, it is in the row; only that there is news stays.
    if (this.unread) this.unread = {};
    if (row?.lease?.owner !== owner) return false;
    this.stored = row;
    return true;
  }

  private async wait(name: 'sleeping' | 'backingOff', ms: number) {
    if (this.unread || this.stopping) return;
    const end = new AbortController();
    this.mode = { name, end };
    await this.options.clock.sleep(ms, end.signal);
  }

  private endWait(): void {
    const { mode } = this;
    if (mode.name === 'sleeping' || mode.name === 'backingOff') {
      mode.end.abort();
    }
  }

  private async letGo(requeueAt?: Instant): Promise<Instant | undefined> {
    this.mode = { name: 'lettingGo' };
    const { state, epoch } = this.stored;
    await this.options.leases.release(state.id, epoch, requeueAt);
    return requeueAt;
  }

  /** Keeps news until the row is read; a state that was handed over is kept with it. */
  private tell(news: News): void {
    this.unread = { ...this.unread, ...news };
  }

  private forget(): void {
    this.unread = undefined;
  }
}
