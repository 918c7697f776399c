import { Instant } from '../../rollout';

/** A replica says that it lives. */
export interface Heartbeat {
  /** Names the replica; different in every process. */
  readonly replica: string;
  /** So long it counts as alive without another one. */
  readonly leaseMs: number;
  /** Names of the clusters that answer it. */
  readonly reaches: readonly string[];
}

/** A replica that is alive. */
export interface Replica {
  readonly id: string;
  readonly reaches: readonly string[];
  readonly beatAt: Instant;
}

/** Which replicas there are. Instants are the database's, on SQLite the process's. */
export interface ReplicaStore {
  /** Whether several replicas may share this database; SQLite serves one, which needs no lease. */
  readonly shared: boolean;
  /** Renews the lease; returns the time of it, and every replica that is alive. */
  beat(
    heartbeat: Heartbeat,
  ): Promise<{ readonly now: Instant; readonly live: readonly Replica[] }>;
  /** The replica stops: others may take its rollouts at once. */
  leave(replica: string): Promise<void>;
  /** Forgets replicas that ended long ago and have left no rollout behind. */
  forgetReplicas(): Promise<void>;
}
