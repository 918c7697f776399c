import { ServiceUnavailableError } from '@backstage/errors';
import { Clock } from 'backstage-plugin-canary-node';
import { DatabaseClock, withTimeout } from '../../clock';
import { Replica, ReplicaStore } from '../../store';

/** What a heartbeat is made of. */
export interface HeartbeatOptions {
  readonly replicas: ReplicaStore;
  /** Names this replica; different in every process. */
  readonly owner: string;
  /** The process's own time; the monotonic one proves the lease. */
  readonly clock: Clock;
  /** Learns the database's time. */
  readonly databaseClock: DatabaseClock;
  readonly leaseMs: number;
  /** Names of the clusters that answer this replica. */
  readonly reaches: () => readonly string[];
}

/**
 * The lease of this replica. Others may take its rollouts once it is over, so
 * that whoever writes asks `assertProven` just before: the process may have been
 * stopped, and the database away, since the last beat.
 *
 * The proof counts from before the beat was sent, by the monotonic clock, which
 * nobody can set. A database that serves one process needs no proof.
 */
export class Heartbeat {
  private alive: readonly Replica[] = [];
  private provenUntilMs = -Infinity;
  private beatenAt: number | undefined;

  constructor(private readonly options: HeartbeatOptions) {}

  get owner(): string {
    return this.options.owner;
  }

  /** Every replica that was alive at the last beat, this one included. */
  get live(): readonly Replica[] {
    return this.alive;
  }

  /** When the database last took a beat, by its own clock; undefined before the first. */
  get lastBeatAt(): number | undefined {
    return this.beatenAt;
  }

  /** Whether nobody else may have taken our rollouts. */
  isProven(): boolean {
    const { replicas, clock } = this.options;
    return !replicas.shared || clock.monotonicMs() < this.provenUntilMs;
  }

  /** @throws ServiceUnavailableError when somebody else may own our rollouts by now */
  assertProven(): void {
    if (this.isProven()) return;
    throw new ServiceUnavailableError(
      'This replica could not renew its lease in the database in time; it writes nothing until it has',
    );
  }

  /** Renews the lease; rejects when the database does not answer within it. */
  async beat(): Promise<void> {
    const { replicas, owner, clock, databaseClock, leaseMs } = this.options;
    const sentMs = clock.monotonicMs();
    const limits = { clock, timeoutMs: leaseMs };
    const { now, live } = await withTimeout(limits, () =>
      replicas.beat({
        replica: owner,
        leaseMs,
        reaches: this.options.reaches(),
      }),
    );
    const receivedMs = clock.monotonicMs();
    this.provenUntilMs = sentMs + leaseMs;
    this.alive = live;
    this.beatenAt = now;
    if (replicas.shared) databaseClock.learn({ sentMs, receivedMs, now });
  }

  /** Gives the lease up, so that others need not wait for its end. */
  async leave(): Promise<void> {
    this.provenUntilMs = -Infinity;
    await this.options.replicas.leave(this.options.owner);
  }
}
