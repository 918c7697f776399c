import { isExposed } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { moveWindows } from '../analysisRuns/analysisRuns';
import { amend, Change } from '../draft';
import {
  describeExposure,
  liesBetween,
  sameExposure,
} from '../../rollout/exposure';
import { canaryAvailable, Look, scalingIsShift } from '../decisionInput';

/**
 * Whether the cluster shows the exposure that was decided, and the route's
 * controller took it over. Where pods are the traffic their share counts, with
 * the plan's tolerance: a stable that scales moves it without anybody's doing.
 */
export function isReadBack(rollout: RolloutState, look: Look): boolean {
  const { desired, plan } = rollout;
  const { traffic } = look.observation;
  if (!traffic.found || traffic.problem || !traffic.accepted) return false;
  if (!scalingIsShift(look.context)) {
    return (
      traffic.backend === desired.backend &&
      sameExposure(traffic.exposure, desired.exposure)
    );
  }
  if (!isExposed(desired.exposure)) return !isExposed(traffic.exposure);
  const off = Math.abs(traffic.exposure.weight - desired.exposure.weight);
  return canaryAvailable(rollout, look) && off <= plan.traffic.tolerance;
}

/** Whether the exposure that was last decided has been read back since. */
export function exposureStands({ desired, verified }: RolloutState): boolean {
  return sameExposure(desired.exposure, verified.exposure);
}

/**
 * Notes that the decided exposure was read back. Windows may begin once it has
 * settled, so that none speaks of the exposure before.
 */
export function readBack(change: Change, look: Look): Change {
  const { desired, plan } = change.next;
  if (exposureStands(change.next) || !isReadBack(change.next, look)) {
    return change;
  }
  return moveWindows(
    amend(change, {
      verified: { exposure: desired.exposure, since: look.now },
    }),
    look.now + plan.traffic.settleMs,
    desired.exposure.weight,
  );
}

/**
 * What is wrong with our share of the route, as a sentence; undefined while it
 * shows what stood before, what is desired, or a mixture of both.
 */
export function routeTrouble(
  rollout: RolloutState,
  look: Look,
): string | undefined {
  const { traffic } = look.observation;
  const { desired, verified, traffic: record } = rollout;
  if (!traffic.found) {
    return `The route in front of ${record.stableService} is gone.`;
  }
  if (traffic.problem) return traffic.problem;
  const isOurs =
    scalingIsShift(look.context) ||
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
  look: Look,
): string | undefined {
  const { traffic } = look.observation;
  const isTakenOut =
    !scalingIsShift(look.context) &&
    traffic.found &&
    rollout.desired.backend === 'present' &&
    traffic.backend === 'absent';
  return isTakenOut
    ? `Somebody took the canary's Service out of the route in front of ${rollout.traffic.stableService}.`
    : routeTrouble(rollout, look);
}
