import { JsonObject } from 'backstage-plugin-canary-common';
import { Instant } from '../../rollout';

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

/** How many messages a relay takes, and how long it may take to deliver them. */
export interface OutboxQuery {
  readonly limit: number;
  readonly holdMs: number;
}

/** Messages that commits left and nobody has delivered yet. */
export interface OutboxStore {
  /**
   * Takes undelivered messages, oldest first and of each rollout and topic
   * the oldest alone, and hides them from other relays for `holdMs`.
   */
  claimOutbox(query: OutboxQuery): Promise<OutboxMessage[]>;
  /** Forgets messages that arrived, or that nobody will ever take. */
  markDelivered(ids: readonly number[]): Promise<void>;
  /** Counts an attempt; the message, and those behind it, wait for so long. */
  markFailed(id: number, waitMs: number): Promise<void>;
}
