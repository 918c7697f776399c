import { Exposure, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { planPoints, RolloutState } from '../../rollout';
import { MachineContext } from '../context';

/** Exposure and canary replicas that a point of the plan asks for. */
export interface Target {
  readonly exposure: Exposure;
  readonly replicas: number;
  /** The weight in the plan; `exposure` has the one that can be reached. */
  readonly askedWeight: number;
}

/**
 * What the steps up to and including `index` ask for together; the gate has
 * the target of the last step. May throw what a step definition throws.
 */
export function targetOf(
  { plan }: RolloutState,
  index: number,
  stableReplicas: number,
  context: MachineContext,
): Target {
  const steps = plan.steps
    .slice(0, index + 1)
    .map(({ kind, params }) => ({ definition: context.step(kind), params }));
  const { exposure = NO_EXPOSURE, replicas: atLeast = 1 } =
    planPoints(steps, stableReplicas).at(-1) ?? {};
  const askedWeight = exposure.weight;
  const planned = context.planReplicas(exposure.weight, stableReplicas);
  if (!context.reachableWeight) {
    const replicas = Math.max(1, atLeast, planned);
    return { exposure, replicas, askedWeight };
  }
  // Pods are the traffic here: more of them than planned would be more of it.
  if (askedWeight === 0) return { exposure, replicas: 0, askedWeight };
  const weight = context.reachableWeight(askedWeight, stableReplicas);
  return { exposure: { ...exposure, weight }, replicas: planned, askedWeight };
}
