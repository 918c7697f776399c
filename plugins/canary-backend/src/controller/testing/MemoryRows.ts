import { ConflictError, NotFoundError } from '@backstage/errors';
import { isEnded } from 'backstage-plugin-canary-common';
import { Clock } from 'backstage-plugin-canary-node';
import { Instant, NewEvent, RolloutState } from '../../rollout';
import { Claimed, Heartbeat, StoredRollout } from '../../store';

type Commit = {
  readonly id: string;
  readonly revision: number;
  readonly epoch: number;
  readonly takeover?: { readonly owner: string };
  readonly next: RolloutState;
  readonly events?: readonly NewEvent[];
};

interface Beat {
  readonly at: Instant;
  readonly aliveUntil: Instant;
  readonly reaches: readonly string[];
}

/**
 * A database that several replicas share, as far as the controller knows it. It
 * passes the suites of leases, as real ones do; its own time is the clock's.
 */
export class MemoryRows {
  readonly shared = true;
  /** Nobody reaches it. */
  away = false;
  readonly events: NewEvent[] = [];
  private readonly rows = new Map<string, StoredRollout>();
  private readonly beats = new Map<string, Beat>();

  constructor(private readonly clock: Pick<Clock, 'now'>) {}

  async create(state: RolloutState): Promise<StoredRollout> {
    this.admit();
    return this.put({ state, revision: 1, epoch: 0 });
  }

  async commit(commit: Commit): Promise<StoredRollout> {
    this.admit();
    const { id, revision, epoch, takeover, next, events = [] } = commit;
    const row = this.rows.get(id);
    if (!row) throw new NotFoundError(`There is no rollout ${id}.`);
    if (
      row.revision !== revision ||
      row.epoch !== epoch ||
      isEnded(row.state.phase)
    ) {
      throw new ConflictError(`Rollout ${id} was changed meanwhile`);
    }
    this.events.push(...events);
    return this.put({
      ...row,
      state: next,
      revision: revision + 1,
      ...(takeover && { epoch: epoch + 1, owner: takeover.owner }),
    });
  }

  async get(id: string): Promise<StoredRollout | undefined> {
    this.admit();
    return this.rows.get(id);
  }

  async isCurrent({ state, revision, epoch }: StoredRollout): Promise<boolean> {
    const row = await this.get(state.id);
    return row?.revision === revision && row.epoch === epoch;
  }

  async orphans(_replica: string, limit: number) {
    this.admit();
    return this.active()
      .filter(row => !this.isOwned(row))
      .slice(0, limit)
      .map(({ state: { id, target } }) => ({ id, cluster: target.cluster }));
  }

  async claim(owner: string, ids: readonly string[]): Promise<Claimed[]> {
    this.admit();
    return this.active()
      .filter(row => ids.includes(row.state.id) && !this.isOwned(row))
      .map(row => ({
        stored: this.put({ ...row, epoch: row.epoch + 1, owner }),
        attendedUntil:
          row.owner === undefined ? undefined : this.beats.get(row.owner)?.at,
      }));
  }

  async owned(owner: string) {
    this.admit();
    return this.active()
      .filter(row => row.owner === owner)
      .map(({ state: { id }, revision, epoch }) => ({ id, revision, epoch }));
  }

  async handOver(id: string, epoch: number, owner: string): Promise<boolean> {
    this.admit();
    const row = this.rows.get(id);
    if (row?.epoch !== epoch) return false;
    this.put({ ...row, epoch: epoch + 1, owner });
    return true;
  }

  async beat({ replica, leaseMs, reaches }: Heartbeat) {
    this.admit();
    const now = this.clock.now();
    this.beats.set(replica, { at: now, aliveUntil: now + leaseMs, reaches });
    const live = [...this.beats]
      .filter(([id, { aliveUntil }]) => aliveUntil > now || id === replica)
      .map(([id, beat]) => ({ id, reaches: beat.reaches, beatAt: beat.at }));
    return { now, live };
  }

  async leave(replica: string): Promise<void> {
    this.admit();
    const now = this.clock.now();
    const beat = this.beats.get(replica);
    if (beat) this.beats.set(replica, { ...beat, at: now, aliveUntil: now });
  }

  async forgetReplicas(): Promise<void> {
    const owners = this.active().map(({ owner }) => owner);
    const longAgo = this.clock.now() - 24 * 3_600_000;
    for (const [id, { aliveUntil }] of this.beats) {
      if (aliveUntil < longAgo && !owners.includes(id)) this.beats.delete(id);
    }
  }

  private active(): StoredRollout[] {
    return [...this.rows.values()].filter(row => !isEnded(row.state.phase));
  }

  private isOwned({ owner }: StoredRollout): boolean {
    const beat = owner === undefined ? undefined : this.beats.get(owner);
    return beat !== undefined && beat.aliveUntil > this.clock.now();
  }

  private put(row: StoredRollout): StoredRollout {
    this.rows.set(row.state.id, row);
    return row;
  }

  private admit(): void {
    if (this.away) throw new Error('The database is away');
  }
}
