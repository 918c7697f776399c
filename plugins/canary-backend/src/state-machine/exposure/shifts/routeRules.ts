import { isExposed, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { liesBetween, sameExposure } from '../../../rollout/exposure';
import { RouteShift } from '../../context';
import { RolloutState } from '../../../rollout';
import {
  DecisionInput,
  isCanaryGone,
  podsAvailable,
} from '../../decisionInput';
import { ShiftRules } from './ShiftRules';

/**
 * Whether nobody can be on the canary whatever a gateway still has of the
 * route: nobody ever was, or there is no canary left. Then no gateway's
 * acceptance is waited for, which may never come.
 */
function isUnreachable(rollout: RolloutState, input: DecisionInput): boolean {
  return rollout.neverExposed === true || isCanaryGone(input);
}

/**
 * A route splits the traffic by weight, and pods only carry their share of it:
 * they stand before it rises and stay until it is gone.
 */
export function routeRules(shift: RouteShift): ShiftRules {
  return {
    reach: (exposure, leastReplicas, stableReplicas) => ({
      exposure,
      replicas: Math.max(
        1,
        leastReplicas,
        shift.replicas(exposure.weight, stableReplicas),
      ),
      askedWeight: exposure.weight,
    }),

    podsAhead: replicas => replicas,
    mayRaise: podsAvailable,
    decided: ({ exposure }) => ({ exposure }),
    // The canary keeps its pods until zero was read back.
    lowered: desired => ({ ...desired, exposure: NO_EXPOSURE }),

    isShown: ({ desired }, { observation: { traffic } }) =>
      traffic.backend === desired.backend &&
      sameExposure(traffic.exposure, desired.exposure),
    // A route that is gone exposes nobody.
    shownBy: 'traffic',
    isZeroShown: (rollout, input) => {
      const { traffic, unknown } = input.observation;
      if (unknown?.traffic) return false;
      if (!traffic.found) return true;
      // Once no gateway sent anybody, the writes after that need no acceptance.
      const wasZero = rollout.drainedSince !== undefined;
      return (
        !isExposed(traffic.exposure) &&
        (traffic.accepted || wasZero || isUnreachable(rollout, input))
      );
    },
    isBackendGone: (rollout, input) => {
      const { traffic, unknown } = input.observation;
      if (unknown?.traffic) return false;
      if (!traffic.found) return true;
      return (
        traffic.backend === 'absent' &&
        (traffic.accepted || isUnreachable(rollout, input))
      );
    },
    isRouteFenced: (fence, { observation }) =>
      !observation.unknown?.traffic &&
      (!observation.traffic.found || observation.trafficFence === fence),

    // It shows what stood before, what is desired, or a mixture of both while our write arrives.
    isForeign: ({ desired, verified }, { observation: { traffic } }) =>
      !liesBetween(traffic.exposure, verified.exposure, desired.exposure),
    isTakenOut: ({ desired }, { observation: { traffic } }) =>
      traffic.found &&
      desired.backend === 'present' &&
      traffic.backend === 'absent',
    isStillRouted: ({ observation: { traffic } }) =>
      isExposed(traffic.exposure),

    needsReadyPod: ({ desired }, { observation: { traffic } }) =>
      isExposed(desired.exposure) ||
      (traffic.found && isExposed(traffic.exposure)),
    needsHpaFloor: true,
  };
}
