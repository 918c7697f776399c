import { RolloutState } from '../../rollout';
import { DecisionInput, isCanaryGone } from '../decisionInput';
import { ownStable } from '../promotion/stable';

/** What of ours is still in the cluster, in words; empty once all of it is proven gone. */
export function stillThere(
  rollout: RolloutState,
  input: DecisionInput,
): string[] {
  const { trafficFence, traffic, freshBaseline, unknown } = input.observation;
  const { hpa } = rollout.startSnapshot;
  const isFenced = traffic.found && trafficFence !== undefined;
  return [
    isCanaryGone(input) ? '' : 'the canary',
    freshBaseline || unknown?.freshBaseline ? 'the fresh baseline' : '',
    isFenced || unknown?.traffic ? 'the fence of the route' : '',
    isStableFenced(rollout, input) ? 'the fence of the stable' : '',
    isHpaRestored(input) ? '' : `the floor of ${hpa?.name}`,
  ].filter(Boolean);
}

function isStableFenced(rollout: RolloutState, input: DecisionInput): boolean {
  return (
    input.observation.unknown?.stable !== undefined ||
    ownStable(rollout, input)?.fence !== undefined
  );
}

/** Whether the HPA has its own floor back; one that somebody else set is left alone. */
function isHpaRestored({
  observation: { hpa, unknown },
}: DecisionInput): boolean {
  if (unknown?.hpa) return false;
  if (!hpa) return true;
  return hpa.minReplicas === hpa.own || hpa.minReplicas !== hpa.held;
}
