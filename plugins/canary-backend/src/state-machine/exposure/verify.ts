import { isExposed } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { moveWindows } from '../analysisRuns/analysisRuns';
import { update, Draft } from '../draft';
import {
  describeExposure,
  liesBetween,
  sameExposure,
} from '../../rollout/exposure';
import {
  canaryAvailable,
  DecisionInput,
  scalingIsShift,
} from '../decisionInput';

/**
 * Whether the cluster shows the exposure that was decided, and the route's
 * controller took it over. Where pods are the traffic their share counts, with
 * the plan's tolerance: a stable that scales moves it without anybody's doing.
 */
export function isVerified(
  rollout: RolloutState,
  input: DecisionInput,
): boolean {
  const { desired, plan } = rollout;
  const { traffic } = input.observation;
  if (!traffic.found || traffic.problem || !traffic.accepted) return false;
  if (!scalingIsShift(input.context)) {
    return (
      traffic.backend === desired.backend &&
      sameExposure(traffic.exposure, desired.exposure)
    );
  }
  if (!isExposed(desired.exposure)) return !isExposed(traffic.exposure);
  const off = Math.abs(traffic.exposure.weight - desired.exposure.weight);
  return canaryAvailable(rollout, input) && off <= plan.traffic.tolerance;
}

/** Whether the exposure that was last decided has been read back since. */
export function isExposureVerified({
  desired,
  verified,
}: RolloutState): boolean {
  return sameExposure(desired.exposure, verified.exposure);
}

/**
 * Notes that the decided exposure was read back. Windows may begin once it has
 * settled, so that none speaks of the exposure before.
 */
export function verifyExposure(draft: Draft, input: DecisionInput): Draft {
  const { desired, plan } = draft.next;
  if (isExposureVerified(draft.next) || !isVerified(draft.next, input)) {
    return draft;
  }
  return moveWindows(
    update(draft, {
      verified: { exposure: desired.exposure, since: input.now },
    }),
    input.now + plan.traffic.settleMs,
    desired.exposure.weight,
  );
}

/**
 * What is wrong with our share of the route, as a sentence; undefined while it
 * shows what stood before, what is desired, or a mixture of both.
 */
export function routeTrouble(
  rollout: RolloutState,
  input: DecisionInput,
): string | undefined {
  const { traffic } = input.observation;
  const { desired, verified, traffic: record } = rollout;
  if (!traffic.found) {
    return `The route in front of ${record.stableService} is gone.`;
  }
  if (traffic.problem) return traffic.problem;
  const isOurs =
    scalingIsShift(input.context) ||
    liesBetween(traffic.exposure, verified.exposure, desired.exposure);
  if (isOurs) return undefined;
  return (
    `Somebody changed the canary's share in the route in front of ` +
    `${record.stableService}: it is ${describeExposure(traffic.exposure)}, ` +
    `decided was ${describeExposure(desired.exposure)}.`
  );
}

/** As `routeTrouble`, once our backend was seen in the route: its absence is foreign too. */
export function foreignChange(
  rollout: RolloutState,
  input: DecisionInput,
): string | undefined {
  const { traffic } = input.observation;
  const isTakenOut =
    !scalingIsShift(input.context) &&
    traffic.found &&
    rollout.desired.backend === 'present' &&
    traffic.backend === 'absent';
  return isTakenOut
    ? `Somebody took the canary's Service out of the route in front of ${rollout.traffic.stableService}.`
    : routeTrouble(rollout, input);
}
