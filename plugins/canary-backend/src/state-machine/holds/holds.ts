import {
  HOLD_REASONS,
  HoldReason,
  JsonObject,
} from 'backstage-plugin-canary-common';
import { HoldState, Instant, RolloutState } from '../../rollout';
import { update, Draft, event } from '../draft';

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

/**
 * Adds a hold, or replaces the one of its reason: without another event where
 * only its words differ.
 */
export function addHold(
  draft: Draft,
  hold: HoldState,
  now: Instant,
  data: JsonObject = {},
  actor?: string,
): Draft {
  const { holds } = draft.next;
  const standing = holdOf(draft.next, hold.reason);
  if (standing) {
    const { reason, since, until, endsBy, message } = hold;
    const replaced = {
      holds: holds.map(old => (old === standing ? hold : old)),
    };
    const isSame =
      standing.since === since &&
      standing.until === until &&
      standing.endsBy === endsBy;
    if (isSame) return update(draft, replaced);
    return update(
      draft,
      replaced,
      event('Decision', now, `Still held (${reason}): ${message}`, {
        hold: reason,
        endsBy,
        ...data,
      }),
    );
  }
  return update(
    draft,
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
  draft: Draft,
  reason: HoldReason,
  now: Instant,
  why: string,
  actor?: string,
): Draft {
  const hold = holdOf(draft.next, reason);
  if (!hold) return draft;
  return update(
    draft,
    { holds: draft.next.holds.filter(other => other !== hold) },
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
export function clearHolds(draft: Draft, now: Instant, why: string): Draft {
  return draft.next.holds.reduce(
    (cleared, { reason }) => clearHold(cleared, reason, now, why),
    draft,
  );
}
