import {
  AuditResult,
  JsonObject,
  Measurement,
  MeasurementQuery,
  Page,
  PageQuery,
  Phase,
  RolloutEvent,
  RolloutQuery,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import { Instant, NewEvent, RolloutState } from '../rollout';

/** Who works on a rollout. The lease is for liveness, the epoch for safety. */
export interface Lease {
  readonly owner: string;
  /** Grows with every change of owner. */
  readonly epoch: number;
  readonly until: Instant;
}

/** A rollout with what the row adds. */
export interface StoredRollout {
  readonly state: RolloutState;
  /** Grows with every write; what `commit` compares. */
  readonly revision: number;
  readonly epoch: number;
  readonly lease?: Lease;
}

/** A message to the world outside, written with the decision that caused it. */
export interface OutboxMessage {
  readonly id: number;
  readonly rolloutId: string;
  readonly at: Instant;
  /** `changed` for signals and events, `notify` for people. */
  readonly topic: 'changed' | 'notify';
  readonly payload: JsonObject;
  readonly attempts: number;
}

/** @see OutboxMessage */
export type NewOutboxMessage = Pick<OutboxMessage, 'topic' | 'payload'>;

/** One committed decision. */
export interface Commit {
  readonly id: string;
  readonly revision: number;
  /** The epoch the writer holds, compared as well; a stalled former owner loses here. */
  readonly epoch: number;
  /** Takes lease and epoch in this very commit (a command that ends a rollout). */
  readonly takeover?: { readonly owner: string; readonly leaseMs: number };
  readonly next: RolloutState;
  readonly events: readonly NewEvent[];
  readonly measurements: readonly Measurement[];
  readonly outbox: readonly NewOutboxMessage[];
}

/** Other rollouts of a rollout's workload, or it itself. */
export interface SameWorkloadRollouts {
  /** The one that has not ended. */
  readonly active?: { readonly id: string; readonly phase: Phase };
  /** Id of the latest that ended `Succeeded` and released something. */
  readonly latestSucceeded?: string;
}

/** How many rollouts are of one entity, one owner and so on; what no rollout has is no row. */
export interface RolloutCount {
  readonly entityRef: string;
  readonly owner?: string;
  readonly system?: string;
  readonly cluster: string;
  readonly phase: Phase;
  readonly rollouts: number;
  /** How many of them need a person. */
  readonly attention: number;
}

/** Which ended rollouts: those that ended at `from` or later, the newest `limit` of them. */
export interface DeliveryQuery extends RolloutSelection {
  readonly from: Instant;
  readonly limit: number;
}

/** An ended rollout that delivered a version or gave it up; rollbacks to a previous version are none. */
export interface Delivery {
  readonly entityRef: string;
  readonly result: 'Succeeded' | 'RolledBack';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** When it was decided to take it back. */
  readonly rollingBackAt?: Instant;
  /** When all traffic was proven back on the stable; before `rollingBackAt` where none had left it. */
  readonly restoredAt?: Instant;
}

/** Which rollouts of a workload, at most `limit` of the newest. */
export interface LatestQuery {
  readonly target: RolloutState['target'];
  /** Only those that only observed, to their end. */
  readonly observed?: true;
  readonly limit: number;
}

/**
 * Where rollouts live. Every method is one transaction or one statement, with
 * no network wait of ours inside; `DatabaseCanaryStore` keeps it on PostgreSQL
 * and SQLite, and `testCanaryStore` says what being a store means.
 *
 * Errors: `ConflictError` when a compared value differs or an active rollout
 * of the workload exists, `NotFoundError` for an unknown id, `InputError` for
 * a cursor that is not ours.
 */
export interface CanaryStore {
  create(
    rollout: RolloutState,
    events: readonly NewEvent[],
    outbox: readonly NewOutboxMessage[],
  ): Promise<StoredRollout>;
  get(id: string): Promise<StoredRollout | undefined>;
  /** Newest first. */
  list(query: RolloutQuery): Promise<Page<StoredRollout>>;
  /** Of all rollouts, or of one entity's. */
  count(query: Pick<RolloutSelection, 'entityRef'>): Promise<RolloutCount[]>;
  /** The latest that ended first. */
  deliveries(query: DeliveryQuery): Promise<Delivery[]>;
  /** The rollout of the workload that has not ended. */
  active(target: RolloutState['target']): Promise<StoredRollout | undefined>;
  /** The latest rollouts of one workload, ended or not, newest first. */
  latest(query: LatestQuery): Promise<StoredRollout[]>;
  /** Of each of these rollouts, the other rollouts of its workload. */
  sameWorkloadRollouts(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, SameWorkloadRollouts>>;
  /**
   * Due rollouts whose lease is free or over, now leased to `owner` with a
   * grown epoch. On PostgreSQL `SKIP LOCKED`, on SQLite compare-and-set.
   */
  claim(query: {
    readonly owner: string;
    readonly leaseMs: number;
    readonly limit: number;
    /** Only these, due or not: a wake-up. */
    readonly ids?: readonly string[];
  }): Promise<StoredRollout[]>;
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
  /** Writes a decision or nothing; an ended rollout takes none. */
  commit(commit: Commit): Promise<StoredRollout>;
  events(id: string, query: PageQuery): Promise<Page<RolloutEvent>>;
  measurements(id: string, query: MeasurementQuery): Promise<Page<Measurement>>;
  /** Of each of these rollouts the measurement with the gravest verdict, the latest of those. */
  worstMeasurements(
    ids: readonly string[],
  ): Promise<ReadonlyMap<string, Measurement>>;
  /** Recomputes the hash chain of a rollout's events from the stored text. */
  verifyEvents(id: string): Promise<AuditResult>;
  /**
   * Takes undelivered messages, oldest first and of each rollout and topic
   * the oldest alone, and hides them from other relays for `holdMs`.
   */
  claimOutbox(query: {
    readonly limit: number;
    readonly holdMs: number;
  }): Promise<OutboxMessage[]>;
  /** Forgets messages that arrived, or that nobody will ever take. */
  markDelivered(ids: readonly number[]): Promise<void>;
  /** Counts an attempt; the message, and those behind it, wait until `retryAt`. */
  markFailed(id: number, retryAt: Instant): Promise<void>;
}
