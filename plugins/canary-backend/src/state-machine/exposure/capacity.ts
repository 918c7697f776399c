import { baselineNameOf, canaryNameOf } from 'backstage-plugin-canary-node';
import { updateDesired, Draft, event, waitFor } from '../draft';
import {
  canaryAvailable,
  DecisionInput,
  stableReplicas,
} from '../decisionInput';
import { podTrouble } from '../podTrouble';
import { shiftRules } from './shifts';

/**
 * Raises the wanted canary replicas to as many of these as come before their
 * exposure. It never lowers them: a canary that has traffic keeps its pods.
 */
export function raiseReplicas(
  draft: Draft,
  needed: number,
  input: DecisionInput,
): Draft {
  const { desired, target } = draft.next;
  const replicas = shiftRules(input.context).podsAhead(needed);
  if (replicas <= desired.replicas) return draft;
  return updateDesired(
    draft,
    { replicas },
    event(
      'Decision',
      input.now,
      `Scale ${canaryNameOf(target.name)} from ${
        desired.replicas
      } to ${replicas} pods.`,
      {
        decision: 'scale',
        from: desired.replicas,
        to: replicas,
        stableReplicas: stableReplicas(draft.next, input),
      },
    ),
  );
}

/** Lets the canary grow with a stable that is scaled up while it has its share of the traffic. */
export function keepCapacity(draft: Draft, input: DecisionInput): Draft {
  const { weight } = draft.next.desired.exposure;
  if (weight === 0) return draft;
  const live = stableReplicas(draft.next, input);
  return raiseReplicas(
    draft,
    input.context.shift.replicas(weight, live),
    input,
  );
}

/** Says how many pods are still missing, and the first trouble among them. */
export function waitForPods(draft: Draft, input: DecisionInput): Draft {
  const { desired, target } = draft.next;
  const { canary, freshBaseline } = input.observation;
  const [view, name, reason] = canaryAvailable(draft.next, input)
    ? [freshBaseline, baselineNameOf(target.name), 'BaselineNotAvailable']
    : [canary, canaryNameOf(target.name), 'CanaryNotAvailable'];
  const available = view?.replicas.available ?? 0;
  const trouble = view && podTrouble(view);
  return waitFor(draft, {
    reason,
    message:
      `${available} of ${desired.replicas} pods of ${name} are available` +
      `${trouble ? `; ${trouble}.` : '.'}`,
    pace: 'working',
  });
}
