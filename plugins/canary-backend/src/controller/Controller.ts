import { LoggerService } from '@backstage/backend-plugin-api';
import { Clock } from 'backstage-plugin-canary-node';
import { Instant } from '../rollout';
import { LeaseStore, RolloutStore, StoredRollout } from '../store';
import { Tick } from './tick/reconcile';
import { Watches } from './watches/Watches';
import { Worker } from './Worker';

/** How the controller paces itself, in milliseconds. */
export interface Pace {
  /** Longest time between two claim queries of a replica. */
  readonly lookMs: number;
  readonly leaseMs: number;
  /** Lease while a rollout is being taken back. */
  readonly rollingBackLeaseMs: number;
  /** Most rollouts worked on at once by this replica; those that wait do not count. */
  readonly workers: number;
  /** Timers that end within this time share one claim. */
  readonly gatherMs: number;
}

/** The settled values of the design. */
export const DEFAULT_PACE: Pace = {
  lookMs: 5_000,
  leaseMs: 10_000,
  rollingBackLeaseMs: 3_000,
  workers: 200,
  gatherMs: 50,
};

/** Shortest time between two of the looks that a start begins with. */
const FIRST_LOOKS_MS = 250;

/** What the controller is made of. */
export interface ControllerOptions {
  readonly rollouts: RolloutStore;
  readonly leases: LeaseStore;
  /** Names this replica in leases; different in every process. */
  readonly owner: string;
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
}

/**
 * The loop around `reconcile`. For this replica a rollout is in one of three
 * modes:
 *
 * - elsewhere: it ended, another replica has it, or nobody noticed yet that it
 *   is due. Nothing is kept of it here. The search every five seconds claims what
 *   is due, whoever let it go or lost it.
 * - worked on: its lease is ours, and one `Worker` brings it forward for as long
 *   as its next tick is near. Its watch is open.
 * - asleep: its next tick is further away, so the worker gave the lease back. A
 *   timer of this process ends at that time, its watch stays open, and both
 *   claim it again; timers that end together share one claim. Whoever was faster
 *   elsewhere keeps it.
 *
 * A wake-up claims at once, and an abort hands over a lease that it took in its
 * own commit. Losing a lease is harmless: commits compare epoch and revision.
 *
 * The replica itself first takes over, which is to look at what becomes due soon
 * at its own time, then looks, until it stops: what it watches and what it sleeps
 * on is dropped, running ticks end, and every lease is given back.
 */
export class Controller {
  private readonly workers = new Map<string, Worker>();
  private readonly timers = new Map<string, AbortController>();
  private readonly due = new Set<string>();
  private readonly stopping = new AbortController();
  private readonly pace: Pace;
  private looking: Promise<void> = Promise.resolve();
  private lookedAt: Instant | undefined;

  constructor(private readonly options: ControllerOptions) {
    this.pace = options.pace ?? DEFAULT_PACE;
  }

  /** This replica's name in leases. */
  get owner(): string {
    return this.options.owner;
  }

  /** When the database was last asked for work; undefined before the first time. */
  get lastLookAt(): Instant | undefined {
    return this.lookedAt;
  }

  /** Begins to look for work. */
  start(): void {
    this.looking = this.look();
  }

  /** Stops looking, lets running ticks end, and gives every lease back. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.timers.forEach(timer => timer.abort());
    this.options.watches?.closeAll();
    await this.looking;
    await Promise.all([...this.workers.values()].map(w => w.stop()));
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
   * Works on a rollout whose lease a command took for this replica in its own
   * commit. A tick that runs here for it is ended first.
   */
  adopt(stored: StoredRollout): void {
    const worker = this.workers.get(stored.state.id);
    if (worker) worker.replace(stored);
    else this.work(stored);
  }

  private async look(): Promise<void> {
    const { signal } = this.stopping;
    await this.run('take over the rollouts that are due', () =>
      this.takeOver(),
    );
    while (!signal.aborted) {
      await this.run('look for due rollouts', () => this.claim());
      await this.options.clock.sleep(this.pace.lookMs, signal);
    }
  }

  /**
   * The first look. No timer of this process knows yet what becomes due before
   * the next one, so it is taken at its own time.
   */
  private async takeOver(): Promise<void> {
    const { leases, clock } = this.options;
    const { signal } = this.stopping;
    const until = clock.now() + this.pace.lookMs;
    while (!signal.aborted) {
      await this.claim();
      const requeueAt = await leases.nextRequeueAt();
      if (requeueAt === undefined || requeueAt >= until) break;
      const waitMs = Math.max(FIRST_LOOKS_MS, requeueAt - clock.now());
      await clock.sleep(waitMs, signal);
    }
    await clock.sleep(Math.max(0, until - clock.now()), signal);
  }

  private async claim(ids?: readonly string[]): Promise<void> {
    if (this.stopping.signal.aborted) return;
    const { leases, owner, clock } = this.options;
    const { leaseMs } = this.pace;
    const limit = Math.max(0, this.pace.workers - this.workers.size);
    try {
      const claimed = await leases.claim({ owner, leaseMs, limit, ids });
      this.lookedAt = clock.now();
      for (const stored of claimed) this.work(stored);
    } finally {
      // What we asked for by name and did not get is another replica's, or ended.
      for (const id of ids ?? []) {
        if (!this.workers.has(id)) this.options.watches?.close(id);
      }
    }
  }

  private work(stored: StoredRollout): void {
    const { id } = stored.state;
    if (this.stopping.signal.aborted || this.workers.has(id)) return;
    this.timers.get(id)?.abort();
    this.timers.delete(id);

    const worker = new Worker(stored, { ...this.options, pace: this.pace });
    this.workers.set(id, worker);
    this.options.watches?.open(stored.state, () => this.wake(id));
    void this.run(`work on rollout ${id}`, async () => {
      // Whatever goes wrong, the row stays: the next look finds it when its lease is over.
      const requeueAt = await worker
        .run()
        .finally(() => this.workers.delete(id))
        .catch(error => {
          this.options.watches?.close(id);
          throw error;
        });
      const { news } = worker;
      if (news?.adopted) this.work(news.adopted);
      else if (news) await this.claim([id]);
      else if (requeueAt !== undefined) this.remember(id, requeueAt);
      else this.options.watches?.close(id);
    });
  }

  /** Comes back to a rollout at its time, without asking the database before. */
  private remember(id: string, requeueAt: Instant): void {
    if (this.stopping.signal.aborted) return;
    const timer = new AbortController();
    this.timers.set(id, timer);
    this.options.watches?.rest(id);
    const { clock } = this.options;
    void this.run(`claim rollout ${id}, which is due`, async () => {
      await clock.sleep(Math.max(0, requeueAt - clock.now()), timer.signal);
      if (timer.signal.aborted) return;
      this.timers.delete(id);
      await this.gather(id);
    });
  }

  /** Claims what became due together in one query, however many there are. */
  private async gather(id: string): Promise<void> {
    this.due.add(id);
    if (this.due.size > 1) return;
    await this.options.clock.sleep(this.pace.gatherMs, this.stopping.signal);
    const ids = [...this.due];
    this.due.clear();
    await this.claim(ids);
  }

  /** Runs work whose failure stops nothing else; `doing` completes "Failed to". */
  private run(doing: string, work: () => Promise<void>): Promise<void> {
    return work().catch(error =>
      this.options.logger.error(`Failed to ${doing}`, error),
    );
  }
}
