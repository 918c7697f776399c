import { amendDesired, Change, event, waitFor } from '../draft';
import { end } from '../teardown/ending';
import { Look } from '../decisionInput';
import {
  describeRollingOut,
  isFullyRolledOut,
  ownStable,
  runsImages,
} from '../promotion/stable';
import { windDown } from '../teardown/teardown';

/**
 * Everything is taken back, without a deadline: it ends only when nobody
 * reaches the canary any more, it is proven absent, and a stable that had the
 * new images has its own again.
 */
export function rollingBack(change: Change, look: Look): Change {
  const restored = restoreStable(change, look);
  const wound =
    restored.next.strategy === 'rollback'
      ? fenceOff(restored, look)
      : windDown(restored, look);
  const wait = wound.wait ?? restored.wait;
  if (wait) return waitFor(wound, wait);
  return end(wound, 'RolledBack', look.now);
}

function restoreStable(change: Change, look: Look): Change {
  const { desired, images, target } = change.next;
  const quiet = { ...change, wait: undefined };
  if (desired.stable !== 'restored') return quiet;

  const stable = ownStable(change.next, look);
  if (!stable) return leaveStable(quiet, look, 'is gone');
  if (runsImages(stable, images.stable)) {
    if (isFullyRolledOut(stable)) return quiet;
  } else if (!runsImages(stable, images.canary)) {
    return leaveStable(quiet, look, 'got other images from somebody else');
  }
  return waitFor(quiet, {
    reason: 'StableRollingBack',
    message: `Deployment ${
      target.name
    } gets its previous images back: ${describeRollingOut(stable)}.`,
    pace: 'working',
  });
}

function leaveStable(change: Change, { now }: Look, why: string): Change {
  return amendDesired(
    change,
    { stable: 'untouched' },
    event(
      'Warning',
      now,
      `Deployment ${change.next.target.name} ${why}; it is left as it is.`,
      { warning: 'StableLeftAlone' },
    ),
  );
}

/** A rollback has no canary and no share of the route: only its stable carried a fence. */
function fenceOff(change: Change, look: Look): Change {
  const { desired } = change.next;
  const stable = ownStable(change.next, look);
  const wait = (message: string) =>
    waitFor(change, { reason: 'FenceNotReadBack', message, pace: 'working' });
  if (desired.fence && stable && desired.stable === 'restored') {
    if (stable.fence !== desired.fence) {
      return wait(
        `Waiting until the Deployment carries the fence ${desired.fence}.`,
      );
    }
  }
  // Kept until the stable is restored, then taken off before the end.
  if (change.wait) return change;
  const cleared = desired.fence
    ? amendDesired(change, { fence: undefined })
    : change;
  return stable?.fence
    ? waitFor(cleared, {
        reason: 'CleaningUp',
        message: 'Waiting until the fence of the Deployment is gone.',
        pace: 'working',
      })
    : cleared;
}
