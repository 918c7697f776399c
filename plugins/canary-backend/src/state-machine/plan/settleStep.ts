import { raiseReplicas, waitForPods } from '../exposure/capacity';
import { updateStep, Draft, waitFor } from '../draft';
import {
  describeExposure,
  exceeds,
  sameExposure,
} from '../../rollout/exposure';
import { DecisionInput, podsAvailable, stableReplicas } from '../decisionInput';
import { isExposureVerified, unacceptedBy } from '../exposure/verify';
import { shiftExposure } from '../exposure/shiftExposure';
import { shiftRules, Target } from '../exposure/shifts';
import { stepFailed } from './stepFailed';

/**
 * Brings the current step to where it can be asked: raising takes pods first,
 * then exposure; lowering takes exposure first and leaves the pods. Sets
 * `readySince` once both stand, else says what is waited for.
 */
export function settleStep(
  draft: Draft,
  target: Target,
  input: DecisionInput,
): Draft {
  if (draft.next.step.readySince !== undefined) return draft;
  const scaled = raiseReplicas(draft, target.replicas, input);
  const { desired } = scaled.next;
  const { weight } = target.exposure;

  if (!sameExposure(target.exposure, desired.exposure)) {
    const { askedWeight } = target;
    // The start refuses such a step; the stable may have been scaled since.
    if (weight > askedWeight + draft.next.plan.traffic.tolerance) {
      return stepFailed(
        scaled,
        `beside the ${stableReplicas(draft.next, input)} pods that ${
          draft.next.target.name
        } is scaled to by now, the nearest share to ${askedWeight} % is ${weight} %.`,
        input,
      );
    }
    const raises = exceeds(target.exposure, desired.exposure);
    if (raises && !shiftRules(input.context).mayRaise(scaled.next, input)) {
      return waitForPods(scaled, input);
    }
    return waitForVerification(shiftExposure(scaled, target, input), input);
  }
  if (!isExposureVerified(scaled.next))
    return waitForVerification(scaled, input);
  if (!podsAvailable(scaled.next, input)) return waitForPods(scaled, input);
  return updateStep(scaled, { readySince: input.now });
}

function waitForVerification(draft: Draft, input: DecisionInput): Draft {
  const { desired, traffic } = draft.next;
  return waitFor(draft, {
    reason: 'ExposureNotReadBack',
    message: `Waiting until the route of ${
      traffic.stableService
    } shows ${describeExposure(desired.exposure)} for the canary.${unacceptedBy(
      input,
    )}`,
    pace: 'working',
  });
}
