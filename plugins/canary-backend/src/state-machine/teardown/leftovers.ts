import { RolloutState } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { ownStable } from '../promotion/stable';

/** What of ours is still in the cluster, in words; empty once all of it is proven gone. */
export function leftoversOf(
  rollout: RolloutState,
  input: DecisionInput,
): string[] {
  const { trafficFence, traffic, hpa } = input.observation;
  return [
    isCanaryGone(input) ? '' : 'the canary',
    input.observation.freshBaseline ? 'the fresh baseline' : '',
    traffic.found && trafficFence ? 'the fence of the route' : '',
    ownStable(rollout, input)?.fence ? 'the fence of the stable' : '',
    isHpaRestored(input) ? '' : `the floor of ${hpa?.name}`,
  ].filter(Boolean);
}

/** Whether our Deployment and Service are proven absent. */
function isCanaryGone({ observation }: DecisionInput): boolean {
  return !observation.canary && !observation.canaryService;
}

/** Whether the HPA has its own floor back; one that somebody else set is left alone. */
function isHpaRestored({ observation: { hpa } }: DecisionInput): boolean {
  if (!hpa) return true;
  return hpa.minReplicas === hpa.own || hpa.minReplicas !== hpa.held;
}
