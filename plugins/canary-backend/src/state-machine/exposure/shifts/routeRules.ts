import { isExposed, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { liesBetween, sameExposure } from '../../../rollout/exposure';
import { RouteShift } from '../../context';
import { podsAvailable } from '../../decisionInput';
import { ShiftRules } from './ShiftRules';

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
    isZeroShown: ({ observation: { traffic, unknown } }) =>
      !unknown?.traffic &&
      (!traffic.found || (!isExposed(traffic.exposure) && traffic.accepted)),
    isBackendGone: ({ observation: { traffic, unknown } }) =>
      !unknown?.traffic &&
      (!traffic.found || (traffic.backend === 'absent' && traffic.accepted)),
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
