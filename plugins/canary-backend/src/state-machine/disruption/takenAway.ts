import { KnownPod, PodFate, RolloutState } from '../../rollout';
import { DecisionInput } from '../decisionInput';

/**
 * What became of the canary's pods, in words, where the cluster or a person took
 * every one of them away that users could reach: evicted, preempted, drained,
 * deleted. Undefined where any of them failed by itself, and where that cannot
 * be told: a canary that may be broken is no disrupted one.
 *
 * A pod that is gone, or is being deleted, says nothing of itself any more. It
 * was taken away if it was ready when it was last seen.
 */
export function takenAway(
  { canaryPods = [], desired }: RolloutState,
  { observation: { canary, unknown } }: DecisionInput,
): string | undefined {
  if (!canary || canary.deleting || unknown?.pods) return undefined;
  // Somebody scales or changes the canary: that is why its pods go.
  const { replicas } = canary;
  if (replicas.desired < desired.replicas) return undefined;
  if (replicas.updated !== replicas.total) return undefined;

  if (canary.pods.some(({ state }) => state === 'failing')) return undefined;
  const lost = canaryPods.map(known =>
    lossOf(
      known,
      canary.pods.find(({ uid }) => uid === known.uid),
    ),
  );
  return lost.length > 0 && lost.every(one => one !== undefined)
    ? lost.join('; ')
    : undefined;
}

function lossOf(
  { name, ready }: KnownPod,
  now: PodFate | undefined,
): string | undefined {
  switch (now?.state) {
    case 'disrupted':
      return `${name}: ${now.why ?? 'disrupted'}`;
    case 'terminating':
      return ready ? `${name} is being deleted` : undefined;
    case undefined:
      return ready ? `${name} is gone` : undefined;
    default:
      return undefined;
  }
}
