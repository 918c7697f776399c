import { isExposed, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { PodShift } from '../../context';
import { canaryAvailable } from '../../decisionInput';
import { ShiftRules } from './ShiftRules';

/**
 * Pods are the traffic: nothing else is written, and to scale the canary is to
 * shift. Pods and exposure are one decision, raised and lowered together.
 */
export function podRules(shift: PodShift): ShiftRules {
  return {
    // More pods than the weight needs would be more traffic, whatever a step asks at least.
    reach: (exposure, _, stableReplicas) => {
      const askedWeight = exposure.weight;
      if (askedWeight === 0) return { exposure, replicas: 0, askedWeight };
      const weight = shift.reachableWeight(askedWeight, stableReplicas);
      const replicas = shift.replicas(askedWeight, stableReplicas);
      return { exposure: { ...exposure, weight }, replicas, askedWeight };
    },

    podsAhead: () => 0,
    mayRaise: () => true,
    decided: ({ exposure, replicas }) => ({ exposure, replicas }),
    lowered: desired => ({ ...desired, exposure: NO_EXPOSURE, replicas: 0 }),

    // A stable that scales moves the share without anybody's doing, so that it is never exact.
    isShown: (rollout, input) => {
      const { desired, plan } = rollout;
      const { exposure } = input.observation.traffic;
      if (!isExposed(desired.exposure)) return !isExposed(exposure);
      const off = Math.abs(exposure.weight - desired.exposure.weight);
      return canaryAvailable(rollout, input) && off <= plan.traffic.tolerance;
    },
    shownBy: 'canary',
    isZeroShown: (_, { observation: { canary, unknown } }) =>
      !unknown?.canary && (canary?.replicas.total ?? 0) === 0,
    isBackendGone: () => true,
    isRouteFenced: () => true,

    // There is no share in the route; one that has grown is `keepShare`'s.
    isForeign: () => false,
    isTakenOut: () => false,
    isStillRouted: () => false,

    // None ready is none exposed; a canary that was up and is gone all the same has failed.
    needsReadyPod: ({ desired, step }) =>
      isExposed(desired.exposure) && step.readySince !== undefined,
    needsHpaFloor: false,
  };
}
