import { RolloutState } from '../../rollout';
import { moveWindows } from '../analysisRuns/analysisRuns';
import { update, Draft } from '../draft';
import { describeExposure, sameExposure } from '../../rollout/exposure';
import { DecisionInput } from '../decisionInput';
import { shiftRules } from './shifts';

/**
 * Whether the cluster shows the exposure that was decided, and the route's
 * controller took it over.
 */
export function isVerified(
  rollout: RolloutState,
  input: DecisionInput,
): boolean {
  const { traffic } = input.observation;
  if (!traffic.found || traffic.problem || !traffic.accepted) return false;
  return shiftRules(input.context).isShown(rollout, input);
}

/** Which gateways the route still waits for, to follow a sentence; empty where none is known. */
export function unacceptedBy({ observation }: DecisionInput): string {
  const { accepted, unaccepted } = observation.traffic;
  return !accepted && unaccepted ? ` ${unaccepted}` : '';
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
  const { desired, traffic: record } = rollout;
  if (!traffic.found) {
    return `The route in front of ${record.stableService} is gone.`;
  }
  if (traffic.problem) return traffic.problem;
  if (!shiftRules(input.context).isForeign(rollout, input)) return undefined;
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
  return shiftRules(input.context).isTakenOut(rollout, input)
    ? `Somebody took the canary's Service out of the route in front of ${rollout.traffic.stableService}.`
    : routeTrouble(rollout, input);
}
