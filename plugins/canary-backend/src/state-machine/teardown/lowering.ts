import { isExposed, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { Desired } from '../../rollout';
import { MachineContext } from '../context';
import { DecisionInput, scalingIsShift } from '../decisionInput';

/**
 * What is desired once nobody shall reach the canary. It keeps its pods until
 * that was read back, except where the pods are the traffic.
 */
export function loweredToZero(
  desired: Desired,
  context: MachineContext,
): Desired {
  return {
    ...desired,
    exposure: NO_EXPOSURE,
    replicas: scalingIsShift(context) ? 0 : desired.replicas,
  };
}

/** Whether the cluster shows that nobody reaches the canary; a route that is gone exposes nobody. */
export function isZeroVerified({
  observation,
  context,
}: DecisionInput): boolean {
  const { traffic, canary } = observation;
  if (scalingIsShift(context)) return (canary?.replicas.total ?? 0) === 0;
  return !traffic.found || (!isExposed(traffic.exposure) && traffic.accepted);
}

/** Whether the route no longer names the canary's Service. */
export function isBackendGone({
  observation,
  context,
}: DecisionInput): boolean {
  const { traffic } = observation;
  return (
    scalingIsShift(context) ||
    !traffic.found ||
    (traffic.backend === 'absent' && traffic.accepted)
  );
}

/** Whether our Deployment and Service are proven absent. */
export function isCanaryGone({ observation }: DecisionInput): boolean {
  return !observation.canary && !observation.canaryService;
}

/** Whether the HPA has its own floor back; one that somebody else set is left alone. */
export function isHpaRestored({
  observation: { hpa },
}: DecisionInput): boolean {
  if (!hpa) return true;
  return hpa.minReplicas === hpa.own || hpa.minReplicas !== hpa.held;
}
