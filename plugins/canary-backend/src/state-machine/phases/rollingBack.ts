import { updateDesired, Draft, event, waitFor } from '../draft';
import { end } from '../teardown/ending';
import { DecisionInput } from '../decisionInput';
import {
  describeRollingOut,
  isFullyRolledOut,
  ownStable,
  runsImages,
} from '../promotion/stable';
import { tearDown } from '../teardown/teardown';

/**
 * Everything is taken back, without a deadline: it ends only when nobody
 * reaches the canary any more, it is proven absent, and a stable that had the
 * new images has its own again.
 */
export function rollingBack(draft: Draft, input: DecisionInput): Draft {
  const restored = restoreStable(draft, input);
  const tornDown =
    restored.next.strategy === 'rollback'
      ? fenceOff(restored, input)
      : tearDown(restored, input);
  const wait = tornDown.wait ?? restored.wait;
  if (wait) return waitFor(tornDown, wait);
  return end(tornDown, 'RolledBack', input.now);
}

function restoreStable(draft: Draft, input: DecisionInput): Draft {
  const { desired, images, target } = draft.next;
  const quiet = { ...draft, wait: undefined };
  if (desired.stable !== 'restored') return quiet;

  const stable = ownStable(draft.next, input);
  if (!stable) return leaveStable(quiet, input, 'is gone');
  if (runsImages(stable, images.stable)) {
    if (isFullyRolledOut(stable)) return quiet;
  } else if (!runsImages(stable, images.canary)) {
    return leaveStable(quiet, input, 'got other images from somebody else');
  }
  return waitFor(quiet, {
    reason: 'StableRollingBack',
    message: `Deployment ${
      target.name
    } gets its previous images back: ${describeRollingOut(stable)}.`,
    pace: 'working',
  });
}

function leaveStable(draft: Draft, { now }: DecisionInput, why: string): Draft {
  return updateDesired(
    draft,
    { stable: 'untouched' },
    event(
      'Warning',
      now,
      `Deployment ${draft.next.target.name} ${why}; it is left as it is.`,
      { warning: 'StableLeftAlone' },
    ),
  );
}

/** A rollback has no canary and no share of the route: only its stable carried a fence. */
function fenceOff(draft: Draft, input: DecisionInput): Draft {
  const { desired } = draft.next;
  const stable = ownStable(draft.next, input);
  const wait = (message: string) =>
    waitFor(draft, { reason: 'FenceNotReadBack', message, pace: 'working' });
  if (desired.fence && stable && desired.stable === 'restored') {
    if (stable.fence !== desired.fence) {
      return wait(
        `Waiting until the Deployment carries the fence ${desired.fence}.`,
      );
    }
  }
  // Kept until the stable is restored, then taken off before the end.
  if (draft.wait) return draft;
  const cleared = desired.fence
    ? updateDesired(draft, { fence: undefined })
    : draft;
  return stable?.fence
    ? waitFor(cleared, {
        reason: 'CleaningUp',
        message: 'Waiting until the fence of the Deployment is gone.',
        pace: 'working',
      })
    : cleared;
}
