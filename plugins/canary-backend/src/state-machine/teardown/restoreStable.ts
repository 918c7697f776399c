import { updateDesired, Draft, event, waitFor } from '../draft';
import { DecisionInput } from '../decisionInput';
import {
  describeRollingOut,
  isFullyRolledOut,
  isStopped,
  ownStable,
  runsImages,
} from '../promotion/stable';
import { unknownOf } from '../unseen';

/**
 * Gives a stable that had the promotion's images its own again, and waits until
 * every pod has them. One that is somebody else's by now is left as it is.
 */
export function restoreStable(draft: Draft, input: DecisionInput): Draft {
  const { desired, images, target } = draft.next;
  const quiet = { ...draft, wait: undefined };
  if (desired.stable !== 'restored') return quiet;

  const unseen = unknownOf(input, 'stable');
  if (unseen) {
    return waitFor(quiet, {
      reason: 'StableRollingBack',
      message: `Deployment ${target.name} gets its previous images back once it can be read. ${unseen}`,
      pace: 'working',
    });
  }
  const stable = ownStable(draft.next, input);
  if (!stable) return leaveStable(quiet, input, 'is gone');
  if (runsImages(stable, images.stable)) {
    // No pod is left that could run anything else; the next ones have its own.
    if (isFullyRolledOut(stable) || isStopped(stable)) return quiet;
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
