import { KnownPod, sameJson } from '../../rollout';
import { DecisionInput } from '../decisionInput';
import { Draft, update } from '../draft';
import { kindOf } from '../kindOf';

/**
 * Remembers which canary pods were ready, until others are: of a pod that goes, or
 * is gone, nothing else tells whether it had served anybody. Its Deployment says
 * later than the pod itself that it does not any more, so that more than one
 * observation may come between.
 */
export function noteCanaryPods(
  draft: Draft,
  { observation: { canary, unknown } }: DecisionInput,
): Draft {
  if (!canary || unknown?.pods || kindOf(draft.next) === 'restore') {
    return draft;
  }
  const { canaryPods: before = [] } = draft.next;
  const listed = canary.pods.flatMap(({ uid, name, state }): KnownPod[] => {
    const known = before.find(one => one.uid === uid);
    const ready =
      state === 'ready' || (state === 'terminating' && known?.ready === true);
    return ready || known ? [{ uid, name, ready }] : [];
  });
  const gone = before.filter(
    ({ uid, ready }) => ready && !canary.pods.some(pod => pod.uid === uid),
  );
  const isServed = canary.pods.some(({ state }) => state === 'ready');
  const pods = isServed ? listed : [...listed, ...gone];
  return sameJson(pods, before) ? draft : update(draft, { canaryPods: pods });
}
