import { isEnded, needsAttention } from 'backstage-plugin-canary-common';
import { Instant, RolloutState } from '../rollout';
import { StoredRollout } from './ports/StoredRollout';

/** A row of `canary_rollouts`. PostgreSQL's driver gives bigint as text. */
export interface RolloutRow {
  readonly id: string;
  readonly started_at: number | string;
  readonly state: string;
  readonly revision: number | string;
  readonly epoch: number | string;
  readonly lease_owner: string | null;
  readonly requeue_at: number | string | null;
  readonly event_count: number | string;
  readonly event_head: string;
}

/** Columns that repeat a part of the state, because queries need them. */
export function columnsOf(state: RolloutState) {
  const ended = isEnded(state.phase);
  return {
    phase: state.phase,
    active: ended ? 0 : 1,
    state: JSON.stringify(state),
    // An active rollout without a time is due at once: never forgotten.
    requeue_at: ended ? null : state.requeueAt ?? state.startedAt,
    finished_at: state.finishedAt ?? null,
    attention: needsAttention(state) ? 1 : 0,
    // Written while they can be told, and then left as they are.
    ...(state.phase === 'RollingBack' && { rolling_back_at: state.phaseSince }),
    ...(state.phase === 'RolledBack' && {
      restored_at: restoredAt(state) ?? null,
    }),
  };
}

/**
 * When all traffic of a rollout that was taken back was proven to be back on
 * the stable version: when exposure 0 was read back or, where the stable was
 * being promoted, at the end, when it was seen to run its own images again.
 */
function restoredAt(state: RolloutState): Instant | undefined {
  const { desired, drainedSince, finishedAt } = state;
  return desired.stable === 'restored' ? finishedAt : drainedSince;
}

/** What a row says, as the other rooms know it. */
export function storedRolloutOf(row: RolloutRow): StoredRollout {
  return {
    state: stateOf(row),
    revision: Number(row.revision),
    epoch: Number(row.epoch),
    owner: row.lease_owner ?? undefined,
  };
}

/**
 * The state with the row's time of the next tick. Leases of rollouts, of before
 * replicas had them, moved that alone: a gap would be seen that never was.
 */
function stateOf({ state, requeue_at }: RolloutRow): RolloutState {
  const kept: RolloutState = JSON.parse(state);
  return requeue_at === null
    ? kept
    : { ...kept, requeueAt: Number(requeue_at) };
}
