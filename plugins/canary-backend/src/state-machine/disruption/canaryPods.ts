import { KnownPod, sameJson } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { Draft, update } from '../draft';
import { kindOf } from '../kindOf';

/**
 * Remembers which canary pods were ready, for as long as the cluster lists them:
 * of a pod that is gone nothing else tells whether it had served anybody.
 */
export function noteCanaryPods(
  draft: Draft,
  { observation: { canary, unknown } }: DecisionInput,
): Draft {
  if (!canary || unknown?.pods || kindOf(draft.next) === 'restore') {
    return draft;
  }
  const { canaryPods: before = [] } = draft.next;
  const pods = canary.pods.flatMap(({ uid, name, state }): KnownPod[] => {
    const ready = state === 'ready';
    const isKnown = ready || before.some(known => known.uid === uid);
    return isKnown ? [{ uid, name, ready }] : [];
  });
  return sameJson(pods, before) ? draft : update(draft, { canaryPods: pods });
}
