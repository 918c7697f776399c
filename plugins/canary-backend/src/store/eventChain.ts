import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { RolloutEvent } from 'backstage-plugin-canary-common';
import { NewEvent } from '../rollout';

/** A row of `canary_events`: the canonical text, and its place in the chain. */
export interface EventRow {
  readonly rollout_id: string;
  readonly sequence: number;
  /** Canonical JSON of the event without its hash; what the hash is over. */
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
}

/** Length of a history and the hash of its last event. */
export interface ChainHead {
  readonly count: number;
  readonly hash: string;
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/**
 * Head of an empty history. It holds the rollout's id, so that the history of
 * one rollout cannot be passed off as that of another.
 */
export function genesis(rolloutId: string): ChainHead {
  return { count: 0, hash: sha256(`canary-rollout:${rolloutId}`) };
}

/** Numbers and chains new events behind a head. Pure. */
export function chainEvents(
  rolloutId: string,
  head: ChainHead,
  events: readonly NewEvent[],
): { rows: EventRow[]; head: ChainHead } {
  const rows: EventRow[] = [];
  let { count, hash } = head;
  for (const event of events) {
    const prev = hash;
    count += 1;
    const body = canonicalText({
      rolloutId,
      sequence: count,
      at: new Date(event.at).toISOString(),
      kind: event.kind,
      actor: event.actor,
      message: event.message,
      data: event.data,
    });
    hash = sha256(prev + body);
    rows.push({ rollout_id: rolloutId, sequence: count, body, prev, hash });
  }
  return { rows, head: { count, hash } };
}

/** Whether a row is what must follow the head. Pure. */
export function follows(head: ChainHead, row: EventRow): boolean {
  return (
    Number(row.sequence) === head.count + 1 &&
    row.prev === head.hash &&
    row.hash === sha256(row.prev + row.body)
  );
}

/** An event as the API gives it. */
export function rolloutEventOf(
  row: Pick<EventRow, 'body' | 'hash'>,
): RolloutEvent {
  return { ...JSON.parse(row.body), hash: row.hash };
}

/**
 * Text of RFC 8785. A number that JSON cannot carry becomes null first: a NaN
 * in an event's inputs must not make the decision impossible to commit.
 */
function canonicalText(value: Omit<RolloutEvent, 'hash'>): string {
  return canonicalize(JSON.parse(JSON.stringify(value)))!;
}
