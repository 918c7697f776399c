import { amendDesired, Change, event, waitFor } from '../draft';
import {
  canaryAvailable,
  Look,
  scalingIsShift,
  stableReplicas,
} from '../decisionInput';

/**
 * Raises the wanted canary replicas to at least this many. It never lowers
 * them: a canary that has traffic keeps its pods. Where pods are the traffic
 * the count is set together with the exposure instead.
 */
export function raiseReplicas(
  change: Change,
  replicas: number,
  look: Look,
): Change {
  const { desired, target } = change.next;
  if (scalingIsShift(look.context) || replicas <= desired.replicas) {
    return change;
  }
  return amendDesired(
    change,
    { replicas },
    event(
      'Decision',
      look.now,
      `Scale ${target.name}-canary from ${desired.replicas} to ${replicas} pods.`,
      {
        decision: 'scale',
        from: desired.replicas,
        to: replicas,
        stableReplicas: stableReplicas(change.next, look),
      },
    ),
  );
}

/** Lets the canary grow with a stable that is scaled up while it has its share of the traffic. */
export function keepCapacity(change: Change, look: Look): Change {
  const { weight } = change.next.desired.exposure;
  if (weight === 0) return change;
  const live = stableReplicas(change.next, look);
  return raiseReplicas(change, look.context.planReplicas(weight, live), look);
}

/** Says how many pods are still missing, and the first trouble among them. */
export function waitForPods(change: Change, look: Look): Change {
  const { desired, target } = change.next;
  const { canary, freshBaseline } = look.observation;
  const [view, name, reason] = canaryAvailable(change.next, look)
    ? [freshBaseline, `${target.name}-baseline`, 'BaselineNotAvailable']
    : [canary, `${target.name}-canary`, 'CanaryNotAvailable'];
  const available = view?.replicas.available ?? 0;
  const problem = view?.problems[0];
  return waitFor(change, {
    reason,
    message:
      `${available} of ${desired.replicas} pods of ${name} are available` +
      `${problem ? `; ${problem.pod}: ${problem.message}` : '.'}`,
    pace: 'working',
  });
}
