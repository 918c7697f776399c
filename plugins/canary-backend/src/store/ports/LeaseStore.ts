import { Instant } from '../../rollout';
import { StoredRollout } from './StoredRollout';

/** An active rollout whose owner is no live replica. */
export interface Orphan {
  readonly id: string;
  readonly cluster: string;
}

/** A rollout that has just changed hands. */
export interface Claimed {
  readonly stored: StoredRollout;
  /** Last sign of life of its former owner: until then somebody looked after it. */
  readonly attendedUntil?: Instant;
}

/** What an owner must know of a rollout to see that it changed. */
export interface OwnedRollout {
  readonly id: string;
  readonly revision: number;
  readonly epoch: number;
}

/**
 * Which replica works on which rollout: the one that its row names, for as long
 * as that replica is alive. Only the controller reads it: it saves work that
 * would be done twice, and no commit relies on it.
 */
export interface LeaseStore {
  /** At most `limit` rollouts that `replica` could take, in no order. */
  orphans(replica: string, limit: number): Promise<readonly Orphan[]>;
  /**
   * Takes those of these rollouts that no live replica owns, under a grown
   * epoch. Of several that want one, one has it.
   */
  claim(replica: string, ids: readonly string[]): Promise<readonly Claimed[]>;
  /** The active rollouts that the replica owns. */
  owned(replica: string): Promise<readonly OwnedRollout[]>;
  /** Gives a rollout to another replica; false when the epoch is no longer ours. */
  handOver(id: string, epoch: number, to: string): Promise<boolean>;
}
