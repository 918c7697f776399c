import { Instant } from '../../rollout';
import { StoredRollout } from './StoredRollout';

/** Which rollouts a replica takes on, and for how long at first. */
export interface ClaimQuery {
  readonly owner: string;
  readonly leaseMs: number;
  readonly limit: number;
  /** Only these, due or not: a wake-up. */
  readonly ids?: readonly string[];
}

/**
 * Which replica works on which rollout. Only the controller reads it: a lease
 * saves work that would be done twice, and no commit relies on it.
 */
export interface LeaseStore {
  /**
   * Due rollouts whose lease is free or over, now leased to `owner` with a
   * grown epoch. On PostgreSQL `SKIP LOCKED`, on SQLite compare-and-set.
   */
  claim(query: ClaimQuery): Promise<StoredRollout[]>;
  /**
   * Lengthens a lease we still hold and moves the row's `requeue_at`, without
   * touching revision or state; false when the epoch is no longer ours. Every
   * read returns `state.requeueAt` from that column, so that a later gap is
   * measured from the last sign of life.
   */
  renew(
    id: string,
    epoch: number,
    leaseMs: number,
    requeueAt: Instant,
  ): Promise<boolean>;
  /** Gives a lease back, moving `requeue_at` where one is given; without effect when the epoch is no longer ours. */
  release(
    id: string,
    epoch: number,
    requeueAt: Instant | undefined,
  ): Promise<void>;
  /** The earliest time at which an unleased rollout becomes due. */
  nextRequeueAt(): Promise<Instant | undefined>;
}
