import {
  HOLD_REASONS,
  HoldReason,
  JsonObject,
} from 'backstage-plugin-canary-common';
import { HoldState, Instant, RolloutState } from '../../rollout';
import { amend, Change, event } from '../draft';

/** The hold of this reason, where it stands. */
export function holdOf(
  rollout: RolloutState,
  reason: HoldReason,
): HoldState | undefined {
  return rollout.holds.find(hold => hold.reason === reason);
}

/** The hold that is shown where several stand. */
export function gravestHold(rollout: RolloutState): HoldState | undefined {
  return HOLD_REASONS.map(reason => holdOf(rollout, reason)).find(Boolean);
}

/** Holds that a step asked for itself; everything else came from outside. */
export function isStepHold({ reason }: HoldState): boolean {
  return (
    reason === 'StepPause' || reason === 'Approval' || reason === 'Inconclusive'
  );
}

/** Adds a hold, or replaces the one of its reason without another event. */
export function addHold(
  change: Change,
  hold: HoldState,
  now: Instant,
  data: JsonObject = {},
  actor?: string,
): Change {
  const { holds } = change.next;
  if (holdOf(change.next, hold.reason)) {
    return amend(change, {
      holds: holds.map(old => (old.reason === hold.reason ? hold : old)),
    });
  }
  return amend(
    change,
    { holds: [...holds, hold] },
    event(
      'HoldAdded',
      now,
      `Held (${hold.reason}): ${hold.message}`,
      {
        hold: hold.reason,
        until:
          hold.until === undefined
            ? undefined
            : new Date(hold.until).toISOString(),
        ...data,
      },
      actor,
    ),
  );
}

/** Clears one hold; without effect when it does not stand. */
export function clearHold(
  change: Change,
  reason: HoldReason,
  now: Instant,
  why: string,
  actor?: string,
): Change {
  const hold = holdOf(change.next, reason);
  if (!hold) return change;
  return amend(
    change,
    { holds: change.next.holds.filter(other => other !== hold) },
    event(
      'HoldCleared',
      now,
      `No longer held (${reason}): ${why}`,
      { hold: reason, heldMs: now - hold.since },
      actor,
    ),
  );
}

/** Clears every hold. */
export function clearHolds(change: Change, now: Instant, why: string): Change {
  return change.next.holds.reduce(
    (cleared, { reason }) => clearHold(cleared, reason, now, why),
    change,
  );
}
