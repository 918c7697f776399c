import { raiseReplicas, waitForPods } from '../exposure/capacity';
import { amendStep, Change, waitFor } from '../draft';
import {
  describeExposure,
  exceeds,
  sameExposure,
} from '../../rollout/exposure';
import {
  Look,
  podsAvailable,
  scalingIsShift,
  stableReplicas,
} from '../decisionInput';
import { exposureStands } from '../exposure/verify';
import { shiftExposure } from '../exposure/shiftExposure';
import { stepFailed } from './stepFailed';
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
  const { weight } = target.exposure;

  if (!sameExposure(target.exposure, desired.exposure)) {
    const { askedWeight } = target;
    // The start refuses such a step; the stable may have been scaled since.
    if (weight > askedWeight + change.next.plan.traffic.tolerance) {
      return stepFailed(
        scaled,
        `beside the ${stableReplicas(change.next, look)} pods that ${
          change.next.target.name
        } is scaled to by now, the nearest share to ${askedWeight} % is ${weight} %.`,
        look,
      );
    }
    const raises = exceeds(target.exposure, desired.exposure);
    if (
      raises &&
      !scalingIsShift(look.context) &&
      !podsAvailable(scaled.next, look)
    ) {
      return waitForPods(scaled, look);
    }
    return waitForReadBack(shiftExposure(scaled, target, look));
  }
  if (!exposureStands(scaled.next)) return waitForReadBack(scaled);
  if (!podsAvailable(scaled.next, look)) return waitForPods(scaled, look);
  return amendStep(scaled, { readySince: look.now });
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
