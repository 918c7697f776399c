/* eslint-disable @backstage/no-relative-monorepo-imports -- the very store */
import { RolloutState } from '../../../../plugins/canary-backend/src/rollout';
import {
  DatabaseCanaryStore,
  StoredRollout,
} from '../../../../plugins/canary-backend/src/store';
import type { Commit } from '../../../../plugins/canary-backend/src/store/ports/RolloutStore';
import { SimulatedProcess } from '../SimulatedProcess';
import { VirtualTime } from '../time/VirtualTime';
import { Transport } from '../outside/Transport';
import { OpenedDatabase } from './databases';

/** A decision that was written. */
export interface Committed {
  readonly at: number;
  readonly by: string;
  /** Undefined where the rollout starts with it. */
  readonly before?: RolloutState;
  readonly after: RolloutState;
  readonly events: Commit['events'];
  readonly measurements: Commit['measurements'];
  readonly stored: StoredRollout;
  /** The revision and epoch before. */
  readonly previous?: Pick<StoredRollout, 'revision' | 'epoch'>;
}

const WAY_MS = 4;
const WRITES = ['create', 'commit', 'claim', 'handOver', 'beat', 'leave'];

type Store = Awaited<ReturnType<typeof DatabaseCanaryStore.create>>;

/**
 * The database of all replicas, with the real store before it. Requests reach it
 * one after the other, each whole, and what it committed is told to whoever
 * checks, whatever becomes of the answer.
 */
export class SimulatedDatabase {
  /** Last state of each rollout, and its row. */
  readonly rows = new Map<string, StoredRollout>();
  /** When the lease of each replica ends. */
  readonly leases = new Map<string, number>();
  private readonly listeners: ((committed: Committed) => void)[] = [];
  private toldNow = -1;

  constructor(
    private readonly opened: OpenedDatabase,
    private readonly time: VirtualTime,
    private readonly transport: Transport,
  ) {}

  /** Called with every commit. */
  onCommit(listener: (committed: Committed) => void): void {
    this.listeners.push(listener);
  }

  /** The store as a checker reads it, without a network. */
  async read(): Promise<Store> {
    await this.tellNow();
    return this.storeFor({ now: () => this.time.now });
  }

  /** A replica's store. */
  async connect(process: SimulatedProcess): Promise<Store> {
    const store = await this.storeFor(process.clock);
    return new Proxy(store, {
      get: (target, name) => {
        const method = (target as any)[name];
        if (typeof method !== 'function') return method;
        return (...args: unknown[]) =>
          this.transport.send(
            process,
            {
              replica: process.name,
              to: 'database',
              verb: String(name),
              isWrite: WRITES.includes(String(name)),
            },
            () => this.serve(process.name, target, String(name), args),
            { wayMs: WAY_MS, failure: why => new Error(why) },
          );
      },
    });
  }

  private storeFor(clock: { now(): number }): Promise<Store> {
    const { knex } = this.opened;
    return DatabaseCanaryStore.create({
      database: { getClient: async () => knex, migrations: { skip: true } },
      clock,
    });
  }

  private async serve(
    by: string,
    store: any,
    name: string,
    args: readonly any[],
  ): Promise<unknown> {
    await this.tellNow();
    const answer = await store[name](...args);
    if (name === 'commit') {
      const [{ id, events, measurements }] = args as [Commit];
      this.tell(by, id, answer, events, measurements);
    }
    if (name === 'create') this.tell(by, answer.state.id, answer, args[1], []);
    if (name === 'beat') {
      this.leases.set(args[0].replica, this.time.now + args[0].leaseMs);
    }
    if (name === 'leave') this.leases.set(args[0], this.time.now);
    if (name === 'claim') {
      for (const { stored } of answer) this.rows.set(stored.state.id, stored);
    }
    if (name === 'handOver' && answer) {
      const [id, epoch, owner] = args;
      const row = this.rows.get(id)!;
      this.rows.set(id, { ...row, owner, epoch: epoch + 1 });
    }
    return answer;
  }

  private tell(
    by: string,
    id: string,
    stored: StoredRollout,
    events: Commit['events'],
    measurements: Commit['measurements'],
  ): void {
    const previous = this.rows.get(id);
    this.rows.set(id, stored);
    const committed: Committed = {
      at: this.time.now,
      by,
      before: previous?.state,
      after: stored.state,
      events,
      measurements,
      stored,
      previous,
    };
    for (const listener of this.listeners) listener(committed);
  }

  private async tellNow(): Promise<void> {
    const { setNow } = this.opened;
    if (!setNow || this.toldNow === this.time.now) return;
    this.toldNow = this.time.now;
    await setNow(this.time.now);
  }
}
