import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-canary-node';
import { Instant } from '../rollout';
import {
  Claimed,
  LeaseStore,
  Replica,
  RolloutStore,
  StoredRollout,
} from '../store';
import { Heartbeat } from './replica/Heartbeat';
import { proposeOwner, reaching } from './replica/proposeOwner';
import { Reachability } from './replica/Reachability';
import { Slots } from './Slots';
import { Sweeper } from './sweep/Sweeper';
import { Tick } from './tick/reconcile';
import { Watches } from './watches/Watches';
import { Worker } from './Worker';

/** How the controller paces itself. */
export interface Pace {
  /** Time between two heartbeats, and between two looks at the database. */
  readonly beatMs: number;
  /** Most ticks that run at once on this replica; those that wait do not count, nor do those that take something back. */
  readonly ticks: number;
}

/** The settled values of the design. */
export const DEFAULT_PACE: Pace = { beatMs: 500, ticks: 200 };

/** So long others count a replica as alive that no longer beats: a take-over within 5 s. */
export const LEASE_MS = 4_000;

/** For so many beats replicas must agree that a rollout is another's before it goes there. */
const SETTLED_BEATS = 4;
/** Orphans that are taken at once. */
const MOST_ORPHANS = 100;

/** What the controller is made of. */
export interface ControllerOptions {
  readonly rollouts: RolloutStore;
  readonly leases: LeaseStore;
  readonly heartbeat: Pick<Heartbeat, keyof Heartbeat>;
  /** The database's time, where several replicas share one. */
  readonly clock: Clock;
  readonly logger: LoggerService;
  readonly pace?: Pace;
  readonly tick: (
    stored: StoredRollout,
    requeueAt: Instant,
    signal: AbortSignal,
    lastFailure?: string,
  ) => Promise<Tick>;
  /** Only saves waiting: without it ticks come at their time. */
  readonly watches?: Pick<Watches, keyof Watches>;
  /** The rollout ended, or is none of this replica's any more. */
  readonly leave?: (rolloutId: string) => void;
  /** Absent: what arrives after a rollout's end waits for the next start. */
  readonly sweeper?: Pick<Sweeper, 'look'>;
  /** Absent: every cluster counts as reached by everybody alike. */
  readonly reachability?: Pick<Reachability, keyof Reachability>;
}

/**
 * The loop around `reconcile`. A replica owns rollouts for as long as its
 * heartbeat lives, and one `Worker` brings each of them forward. With every beat
 * it looks
 *
 * - at what it owns: a rollout that was given to it begins here, one that
 *   changed is read again, one that went elsewhere is dropped;
 * - at orphans, whose owner no longer lives: it takes those that are proposed to
 *   it, so that of several replicas one asks for each;
 * - at what it owns and is proposed to another: a replica came, or reaches a
 *   cluster that this one does not. After two seconds of agreement it is given
 *   away, between two ticks. What is being taken back stays, unless this replica
 *   cannot reach its cluster.
 *
 * Losing a rollout is harmless: commits compare epoch and revision, and whoever
 * writes to a cluster proves the lease just before.
 *
 * It also lets a sweeper look for what arrived after the end of rollouts.
 *
 * When it stops, running ticks end, and the lease is given up.
 */
export class Controller {
  private readonly workers = new Map<string, Worker>();
  private readonly stopping = new AbortController();
  private readonly pace: Pace;
  private readonly slots: Slots;
  /** For how many beats in a row a rollout of ours was proposed to another. */
  private misplaced = new Map<string, number>();
  private looping: Promise<void> = Promise.resolve();
  private failing = false;

  constructor(private readonly options: ControllerOptions) {
    this.pace = options.pace ?? DEFAULT_PACE;
    this.slots = new Slots(this.pace.ticks);
  }

  /** This replica's name as an owner. */
  get owner(): string {
    return this.options.heartbeat.owner;
  }

  /** When the database last took a heartbeat; undefined before the first. */
  get lastBeatAt(): Instant | undefined {
    return this.options.heartbeat.lastBeatAt;
  }

  /** Every replica that was alive then. */
  get replicas(): readonly Replica[] {
    return this.options.heartbeat.live;
  }

  /** Begins to look for work. */
  start(): void {
    this.looping = this.loop();
  }

  /** Stops looking, lets running ticks end, and gives the lease up. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.options.watches?.closeAll();
    await this.looping;
    await Promise.all([...this.workers.values()].map(w => w.stop()));
    await this.run('give the lease up', () => this.options.heartbeat.leave());
  }

  /** Something changed about this rollout: look at it now. */
  wake(id: string): void {
    const worker = this.workers.get(id);
    if (worker) worker.wake();
    else
      void this.run(`claim rollout ${id}, which changed`, () =>
        this.claim([id]),
      );
  }

  /**
   * Works on a rollout that a command took for this replica in its own commit.
   * A tick that runs here for it is ended first.
   */
  adopt(stored: StoredRollout): void {
    const worker = this.workers.get(stored.state.id);
    if (worker) worker.replace(stored);
    else this.work({ stored });
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.beatOnce();
      await this.options.clock.sleep(this.pace.beatMs, signal);
    }
  }

  /** Says that a beat failed, and that the next one did not; nothing between. */
  private async beatOnce(): Promise<void> {
    const { logger, heartbeat } = this.options;
    try {
      await this.beat();
      if (this.failing) logger.info('This replica keeps its lease again');
      this.failing = false;
    } catch (error) {
      if (this.stopping.signal.aborted) return;
      if (!heartbeat.isProven()) this.interruptAll();
      if (!this.failing) {
        logger.error(
          'Failed to keep the lease of this replica; trying again',
          error as Error,
        );
      }
      this.failing = true;
    }
  }

  private async beat(): Promise<void> {
    const { heartbeat, reachability, sweeper } = this.options;
    const { signal } = this.stopping;
    if (reachability) {
      void this.run('ask the clusters', () => reachability.ask(signal));
    }
    // To its end, whoever stops meanwhile: a beat that lands after the farewell would undo it.
    await heartbeat.beat();
    await this.lookAtOwned();
    await this.takeOrphans();
    this.giveAway();
    if (sweeper) {
      void this.run('look for what arrived late', () => sweeper.look(signal));
    }
  }

  private async lookAtOwned(): Promise<void> {
    const { leases } = this.options;
    const before = [...this.workers];
    const owned = await leases.owned(this.owner);
    for (const row of owned) {
      const worker = this.workers.get(row.id);
      if (!worker) await this.receive(row.id);
      else if (worker.missed(row)) worker.wake();
    }
    const ids = new Set(owned.map(({ id }) => id));
    for (const [id, worker] of before) {
      if (!ids.has(id)) worker.lose();
    }
  }

  /** Begins with what another replica, which was alive, gave to this one. */
  private async receive(id: string): Promise<void> {
    const { rollouts, clock } = this.options;
    const stored = await rollouts.get(id);
    if (stored?.owner !== this.owner) return;
    this.work({ stored, attendedUntil: clock.now() });
  }

  private async takeOrphans(): Promise<void> {
    const { leases } = this.options;
    const orphans = await leases.orphans(this.owner, MOST_ORPHANS);
    await this.claim(
      orphans
        .filter(
          ({ id, cluster }) => this.proposedFor(id, cluster) === this.owner,
        )
        .map(({ id }) => id),
    );
  }

  /** Where nobody reaches the cluster, somebody must say so all the same. */
  private proposedFor(id: string, cluster: string): string | undefined {
    const able = reaching(cluster, this.replicas);
    return proposeOwner(id, able.length > 0 ? able : this.replicas);
  }

  private giveAway(): void {
    const misplaced = new Map<string, number>();
    for (const [id, worker] of this.workers) {
      const { phase, target } = worker.rollout;
      const able = reaching(target.cluster, this.replicas);
      const to = proposeOwner(id, able);
      if (to === undefined || to === this.owner) continue;
      const isCutOff = able.every(replica => replica.id !== this.owner);
      if (phase === 'RollingBack' && !isCutOff) continue;
      const beats = (this.misplaced.get(id) ?? 0) + 1;
      misplaced.set(id, beats);
      if (beats >= SETTLED_BEATS) worker.giveTo(to);
    }
    this.misplaced = misplaced;
  }

  private async claim(ids: readonly string[]): Promise<void> {
    if (this.stopping.signal.aborted || ids.length === 0) return;
    const claimed = await this.options.leases.claim(this.owner, ids);
    for (const one of claimed) this.work(one);
  }

  private work({ stored, attendedUntil = -Infinity }: Claimed): void {
    const { id, requeueAt = -Infinity } = stored.state;
    if (this.stopping.signal.aborted || this.workers.has(id)) return;
    const { watches, leave } = this.options;
    const worker: Worker = new Worker(stored, {
      ...this.options,
      slots: this.slots,
      tick: (...args) => this.tick(worker, ...args),
    });
    this.workers.set(id, worker);
    const lookedAt = Math.max(requeueAt, attendedUntil);
    void this.run(`work on rollout ${id}`, () =>
      // Whatever goes wrong, the row stays, and is taken again as what it is.
      worker.run(lookedAt).finally(() => {
        this.workers.delete(id);
        watches?.close(id);
        leave?.(id);
      }),
    );
  }

  private async tick(
    worker: Worker,
    ...args: Parameters<ControllerOptions['tick']>
  ): Promise<Tick> {
    const { watches, reachability } = this.options;
    const [{ state }] = args;
    if (!this.stopping.signal.aborted) {
      watches?.open(state, () => worker.wake());
    }
    const tick = await this.options.tick(...args);
    reachability?.tell(state.target.cluster, tick.reached);
    return tick;
  }

  private interruptAll(): void {
    for (const worker of this.workers.values()) {
      worker.interrupt(new Error('The lease of this replica is over'));
    }
  }

  /** Runs work whose failure stops nothing else; `doing` completes "Failed to". */
  private run(doing: string, work: () => Promise<void>): Promise<void> {
    return work().catch(error =>
      this.options.logger.error(`Failed to ${doing}`, error),
    );
  }
}
