import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { planPoints, RolloutState } from '../../rollout';
import { MachineContext } from '../context';
import { shiftRules, Target } from '../exposure/shifts';

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
  const { minReplicas = 1 } = plan.canary ?? {};
  return shiftRules(context).reach(
    exposure,
    Math.max(atLeast, minReplicas),
    stableReplicas,
  );
}
