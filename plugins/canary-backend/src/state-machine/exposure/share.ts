import { canaryNameOf } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { shareOf } from '../../rollout/percent';
import { moveWindows } from '../analysisRuns/analysisRuns';
import { update, updateDesired, Draft, event, Wait } from '../draft';
import { triggerCheck } from '../rollbackTriggers/TriggerCheck';
import { DecisionInput, stableReplicas } from '../decisionInput';
import { shiftExposure } from './shiftExposure';

/**
 * Where pods are the traffic, the canary's share grows when somebody takes
 * pods from the stable. It may never be more than was decided, the plan's
 * tolerance aside: then the canary gives up pods at once, held or not, and
 * what they are is what is decided from now on.
 */
export function keepShare(draft: Draft, input: DecisionInput): Draft {
  const grown = shareGrown(draft.next, input);
  if (!grown || grown.keeps === draft.next.desired.replicas) return draft;
  const { now } = input;
  const { desired, target, plan } = draft.next;
  const { stable, share, keeps } = grown;
  const decided = desired.exposure.weight;
  const exposure = {
    ...desired.exposure,
    weight: Math.min(decided, shareOf(keeps, keeps + stable)),
  };
  const explained = update(
    draft,
    {},
    event(
      'Decision',
      now,
      `${target.name} is scaled to ${stable} by now, so that ${desired.replicas} canary pods would be ${share} % of the traffic, ` +
        `more than the ${decided} % that were decided; they become ${keeps}.`,
      {
        decision: 'keepShare',
        from: desired.replicas,
        to: keeps,
        stableReplicas: stable,
        share,
        decided,
        tolerance: plan.traffic.tolerance,
      },
    ),
  );
  if (exposure.weight < decided) {
    return shiftExposure(explained, { exposure, replicas: keeps }, input);
  }
  // Within the tolerance: no other weight will be read back, so windows only settle.
  return moveWindows(
    updateDesired(explained, { replicas: keeps }),
    now + plan.traffic.settleMs,
    decided,
  );
}

/** What is waited for, held or not, while more users may reach the canary than were decided. */
export function waitForShare(
  rollout: RolloutState,
  { context, observation: { traffic, canary } }: DecisionInput,
): Wait | undefined {
  if (context.shift.kind !== 'pods') return undefined;
  const { desired, plan, target } = rollout;
  const pods = canary?.replicas.total ?? 0;
  const { weight } = traffic.exposure;
  const isTooLarge = weight > desired.exposure.weight + plan.traffic.tolerance;
  if (!isTooLarge && pods <= desired.replicas) return undefined;
  return {
    reason: 'ShareTooLarge',
    message:
      `${canaryNameOf(
        target.name,
      )} has ${pods} pods and ${weight} % of the traffic; ` +
      `waiting until no more than what is decided is read back, ${desired.replicas} and ${desired.exposure.weight} %.`,
    pace: 'working',
  };
}

/**
 * So few stable pods are left that a single canary pod is too large a share.
 * Fewer than one is no canary at all, and to hold would leave too many users
 * with it for as long as nobody looks: it is taken back.
 */
export const shareTooLarge = triggerCheck(['stable'], (rollout, input) => {
  const grown = shareGrown(rollout, input);
  if (!grown) return undefined;
  const { desired, plan, target } = rollout;
  const { tolerance } = plan.traffic;
  const decided = desired.exposure.weight;
  const least = shareOf(grown.keeps, grown.keeps + grown.stable);
  if (least <= decided + tolerance) return undefined;
  return {
    reason: 'ShareTooLarge',
    message:
      `${target.name} is scaled to ${grown.stable} by now, so that a single canary pod is ${least} % of the traffic, ` +
      `more than the ${decided} % that were decided and ${tolerance} points of tolerance.`,
    data: { stableReplicas: grown.stable, share: least, decided, tolerance },
  };
});

/**
 * The share that the wanted pods would have beside the pods that the stable is
 * scaled to, where it is more than decided, and how many pods keep it. Pods
 * that are only unready do not count: they come back, ours would not.
 */
function shareGrown(rollout: RolloutState, input: DecisionInput) {
  const { desired, plan } = rollout;
  const decided = desired.exposure.weight;
  if (input.context.shift.kind !== 'pods' || decided === 0) return undefined;
  const stable = stableReplicas(rollout, input);
  const share = shareOf(desired.replicas, desired.replicas + stable);
  if (share <= decided + plan.traffic.tolerance) return undefined;
  let keeps = desired.replicas;
  while (keeps > 1 && shareOf(keeps, keeps + stable) > decided) keeps -= 1;
  return { stable, share, keeps };
}
