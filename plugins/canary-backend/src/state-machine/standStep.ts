import { raiseReplicas, waitForPods } from './capacity';
import { amendDesired, amendStep, Change, event, waitFor } from './change';
import { asJson } from './asJson';
import { moveWindows } from './analyses';
import { describeExposure, exceeds, sameExposure } from './exposure';
import { canaryAvailable, Look, scalingIsShift } from './look';
import { exposureStands } from './readBack';
import { Target } from './target';

/**
 * Brings the current step to where it can be asked: raising takes pods first,
 * then exposure; lowering takes exposure first and leaves the pods. Sets
 * `readySince` once both stand, else says what is waited for.
 */
export function standStep(change: Change, target: Target, look: Look): Change {
  if (change.next.step.readySince !== undefined) return change;
  const scaled = raiseReplicas(change, target.replicas, look);
  const { desired } = scaled.next;

  if (!sameExposure(target.exposure, desired.exposure)) {
    const raises = exceeds(target.exposure, desired.exposure);
    if (
      raises &&
      !scalingIsShift(look.context) &&
      !canaryAvailable(scaled.next, look)
    ) {
      return waitForPods(scaled, look);
    }
    return waitForReadBack(shift(scaled, target, look));
  }
  if (!exposureStands(scaled.next)) return waitForReadBack(scaled);
  if (!canaryAvailable(scaled.next, look)) return waitForPods(scaled, look);
  return amendStep(scaled, { readySince: look.now });
}

/** Decides another exposure; nothing is measured until it was read back. */
function shift(change: Change, { exposure, replicas }: Target, look: Look) {
  const { desired, step } = change.next;
  const shifted = amendDesired(
    change,
    scalingIsShift(look.context) ? { exposure, replicas } : { exposure },
    event(
      'ExposureChanged',
      look.now,
      `The canary gets ${describeExposure(exposure)}; it had ${describeExposure(
        desired.exposure,
      )}.`,
      {
        from: asJson(desired.exposure),
        to: asJson(exposure),
        step: step.index,
        canaryReplicas: replicas,
      },
    ),
  );
  return moveWindows(
    shifted,
    step.deadlineAt ?? look.now + change.next.plan.deadlineMs,
    exposure.weight,
  );
}

function waitForReadBack(change: Change): Change {
  const { desired, traffic } = change.next;
  return waitFor(change, {
    reason: 'ExposureNotReadBack',
    message: `Waiting until the route of ${
      traffic.stableService
    } shows ${describeExposure(desired.exposure)} for the canary.`,
    pace: 'working',
  });
}
