import { ConflictError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-canary-common';
import { setMaxListeners } from 'node:events';
import { Instant } from '../rollout';
import { OwnedRollout, StoredRollout } from '../store';
import type { ControllerOptions } from './Controller';
import { Slots } from './Slots';
import { noteTrouble } from './tick/noteTrouble';

const RETRY_MS = 250;
const BACK_OFF_MS = [500, 1_000, 2_000, 5_000];
/** Users may still be on the canary: at once at first. */
const TAKING_BACK_OFF_MS = [300, 300, 300, 300, 300, ...BACK_OFF_MS];
/** From so many failed ticks in a row on, the page says that something is wrong. */
const TROUBLE_AFTER = 3;
/** A wait that is worth giving up a watch for, where there are too many. */
const LONG_WAIT_MS = 5_000;

/** What happened to the rollout elsewhere, not yet seen by us. */
interface News {
  /** The state to go on with, where somebody handed us one. */
  readonly adopted?: StoredRollout;
}

/** See `Worker`; `end` ends what the mode waits for. */
type Mode =
  | { readonly name: 'reading' | 'over' }
  | {
      readonly name: 'ticking' | 'backingOff' | 'sleeping';
      readonly end: AbortController;
    };

/**
 * Works on one rollout that this replica owns, tick after tick, until it ends,
 * goes elsewhere, or the replica stops. It is in one of these modes:
 *
 * - `reading`: there is news, or a tick failed, so the row is taken as it is
 *   now. A row that names another owner ends the work.
 * - `ticking`: one tick runs, or waits for its turn.
 * - `backingOff`: a tick broke down, or the replica cannot prove its lease. The
 *   wait grows with every failure; then comes `reading`.
 * - `sleeping`: until the time of the next tick; then comes `ticking`.
 * - `over`: the work has ended.
 *
 * These arrive from outside, at any time:
 *
 * - `wake` is news: it ends a sleep or a back-off; a running tick goes on, and
 *   the row is read after it.
 * - `replace` is news with a state: it ends a running tick too.
 * - `interrupt` ends a running tick, whose replica lost its lease.
 * - `giveTo` names the next owner; the rollout changes hands between two ticks.
 * - `lose` ends the work and a running tick: it is somebody else's already.
 * - `stop` ends a sleep or a back-off, lets a running tick end, and ends the work.
 */
export class Worker {
  /** Whoever claimed the rollout has just read it. */
  private mode: Mode = { name: 'reading' };
  private unread: News | undefined;
  private stopping = false;
  private nextOwner: string | undefined;
  private done: Promise<void> = Promise.resolve();
  /** Ticks in a row that failed, whether broken down or refused a write. */
  private failures = 0;
  /** Why the last tick was refused its write; the next one shows it. */
  private refusal: string | undefined;

  constructor(
    private stored: StoredRollout,
    private readonly options: ControllerOptions & { readonly slots: Slots },
  ) {}

  /** The rollout as this worker last knew it. */
  get rollout(): StoredRollout['state'] {
    return this.stored.state;
  }

  /**
   * Works until there is nothing more to do here.
   *
   * @param requeueAt - when somebody had to look at the rollout next, or last did
   */
  run(requeueAt: Instant): Promise<void> {
    this.done = this.work(requeueAt).finally(() => {
      this.mode = { name: 'over' };
    });
    return this.done;
  }

  /** Ticks again at once: after a running tick, or instead of a wait. */
  wake(): void {
    this.tell({});
    this.endWait();
  }

  /** Whether it sleeps on an older row than this one. */
  missed({ revision, epoch }: OwnedRollout): boolean {
    return (
      this.mode.name === 'sleeping' &&
      (revision > this.stored.revision || epoch !== this.stored.epoch)
    );
  }

  /** Goes on with this state at once; a running tick is ended. */
  replace(stored: StoredRollout): void {
    this.stored = stored;
    this.nextOwner = undefined;
    this.tell({ adopted: stored });
    this.interrupt();
    this.endWait();
  }

  /** Ends a running tick. */
  interrupt(reason?: Error): void {
    if (this.mode.name === 'ticking') this.mode.end.abort(reason);
  }

  /** Gives the rollout to another replica, once no tick runs. */
  giveTo(replica: string): void {
    this.nextOwner = replica;
    this.endWait();
  }

  /** Somebody else owns the rollout. */
  lose(): void {
    this.stopping = true;
    this.interrupt(new ConflictError('Another replica has taken it'));
    this.endWait();
  }

  /** Lets a running tick end. */
  async stop(): Promise<void> {
    this.stopping = true;
    this.endWait();
    await this.done.catch(() => undefined);
  }

  private async work(lookedAt: Instant): Promise<void> {
    const { clock, slots } = this.options;
    let requeueAt = lookedAt;

    while (!this.stopping) {
      if (this.unread) {
        const isOurs = await this.read().catch(() => undefined);
        if (isOurs === false) return;
        if (isOurs === undefined) {
          // The controller says that the database is away.
          this.tell({});
          await this.pause(RETRY_MS);
          continue;
        }
      }
      if (this.nextOwner && (await this.handOver(this.nextOwner))) return;
      const urgent = this.stored.state.phase === 'RollingBack';
      const dueAt = requeueAt;
      const waitMs = await slots.run(urgent, () => this.tick(dueAt));
      // A tick that failed saw nothing: the gap before it is still unnoticed.
      if (waitMs === undefined) continue;

      requeueAt = clock.now() + waitMs;
      if (isEnded(this.stored.state.phase)) return;
      if (waitMs >= LONG_WAIT_MS) {
        this.options.watches?.rest(this.stored.state.id);
      }
      await this.sleep(waitMs);
    }
  }

  /** One tick; returns how long the next may wait, undefined when it failed. */
  private async tick(requeueAt: Instant): Promise<number | undefined> {
    const { clock, heartbeat } = this.options;
    if (!heartbeat.isProven()) {
      await this.pause(RETRY_MS);
      this.tell({});
      return undefined;
    }
    const end = new AbortController();
    // Every question of the tick listens to it; Node would take that for a leak.
    setMaxListeners(Infinity, end.signal);
    this.mode = { name: 'ticking', end };
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
    }
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
    await this.pause(waitMs);
  }

  private backOffMs(): number {
    const waits =
      this.stored.state.phase === 'RollingBack'
        ? TAKING_BACK_OFF_MS
        : BACK_OFF_MS;
    const waitMs = waits[Math.min(this.failures, waits.length - 1)];
    this.failures += 1;
    return waitMs;
  }

  /** Takes the row as it is now; false when it is no longer ours. */
  private async read(): Promise<boolean> {
    this.mode = { name: 'reading' };
    this.forget();
    const { rollouts, heartbeat } = this.options;
    const row = await rollouts.get(this.stored.state.id);
    // Handed to us while we read: what was read is older.
    if (this.unread && row && row.revision < this.stored.revision) return true;
    // Whatever state came meanwhile, it is in the row; only that there is news stays.
    if (this.unread) this.unread = {};
    if (row?.owner !== heartbeat.owner || isEnded(row.state.phase))
      return false;
    this.stored = row;
    return true;
  }

  private async handOver(to: string): Promise<boolean> {
    this.nextOwner = undefined;
    const { state, epoch } = this.stored;
    if (await this.options.leases.handOver(state.id, epoch, to)) return true;
    this.tell({});
    return false;
  }

  private async sleep(ms: number): Promise<void> {
    if (this.unread || this.nextOwner) return;
    await this.wait('sleeping', ms);
  }

  /** A wait that news from before does not end: what failed is not tried again at once. */
  private pause(ms: number): Promise<void> {
    return this.wait('backingOff', ms);
  }

  private async wait(name: 'sleeping' | 'backingOff', ms: number) {
    if (this.stopping) return;
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

  /** Keeps news until the row is read; a state that was handed over is kept with it. */
  private tell(news: News): void {
    this.unread = { ...this.unread, ...news };
  }

  private forget(): void {
    this.unread = undefined;
  }
}
