import {
  Measurement,
  Page,
  Phase,
  RolloutQuery,
} from 'backstage-plugin-canary-common';
import { Instant, NewEvent, RolloutState } from '../../rollout';
import { NewOutboxMessage } from './OutboxStore';
import { StoredRollout } from './StoredRollout';

/** One committed decision. */
export interface Commit {
  readonly id: string;
  readonly revision: number;
  /** The epoch the writer holds, compared as well; a stalled former owner loses here. */
  readonly epoch: number;
  /** Becomes its owner, under a new epoch, in this very commit (a command that ends a rollout). */
  readonly takeover?: { readonly owner: string };
  readonly next: RolloutState;
  readonly events: readonly NewEvent[];
  readonly measurements: readonly Measurement[];
  readonly outbox: readonly NewOutboxMessage[];
}

/** Which rollouts of a workload, at most `limit` of the newest. */
export interface LatestQuery {
  readonly target: RolloutState['target'];
  /** Only those that only observed, to their end. */
  readonly observed?: true;
  readonly limit: number;
}

/** A rollout that ended, as far as it is looked for again. */
export interface EndedRollout {
  readonly id: string;
  readonly cluster: string;
  readonly finishedAt: Instant;
}

/** Other rollouts of a rollout's workload, or it itself. */
export interface SameWorkloadRollouts {
  /** The one that has not ended. */
  readonly active?: { readonly id: string; readonly phase: Phase };
  /** Id of the latest that ended `Succeeded` and released something. */
  readonly latestSucceeded?: string;
}

/** Rollouts as they are now, and the one way in which they change. */
export interface RolloutStore {
  create(
    rollout: RolloutState,
    events: readonly NewEvent[],
    outbox: readonly NewOutboxMessage[],
  ): Promise<StoredRollout>;
  /** Writes a decision or nothing; an ended rollout takes none. */
  commit(commit: Commit): Promise<StoredRollout>;
  get(id: string): Promise<StoredRollout | undefined>;
  /** Whether nobody has committed to it, nor become its owner, since it was read. */
  isCurrent(stored: StoredRollout): Promise<boolean>;
  /** The rollout of the workload that has not ended. */
  active(target: RolloutState['target']): Promise<StoredRollout | undefined>;
  /** Newest first. */
  list(query: RolloutQuery): Promise<Page<StoredRollout>>;
  /** The latest rollouts of one workload, ended or not, newest first. */
  latest(query: LatestQuery): Promise<StoredRollout[]>;
  /** Every rollout that ended after this instant, the first first. */
  endedSince(since: Instant): Promise<readonly EndedRollout[]>;
  /** Of each of these rollouts, the other rollouts of its workload. */
  sameWorkloadRollouts(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, SameWorkloadRollouts>>;
}
