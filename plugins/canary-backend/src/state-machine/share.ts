import { RolloutState } from '../model';
import { moveWindows } from './analyses';
import { amendDesired, Change, event, Wait } from './change';
import { DangerCheck } from './dangers/firstDanger';
import { Look, scalingIsShift, stableReplicas } from './look';

/**
 * Where pods are the traffic, the canary's share grows when somebody takes
 * pods from the stable. It may never be more than was decided, the plan's
 * tolerance aside: then the canary gives up pods at once, held or not.
 */
export function keepShare(change: Change, look: Look): Change {
  const grown = shareGrown(change.next, look);
  if (!grown || grown.keeps === change.next.desired.replicas) return change;
  const { desired, target, plan } = change.next;
  const lowered = amendDesired(
    change,
    { replicas: grown.keeps },
    event(
      'Decision',
      look.now,
      `${target.name} has only ${grown.stable} pods by now, so that ${desired.replicas} canary pods would be ${grown.share} % of the traffic, ` +
        `more than the ${desired.exposure.weight} % that were decided; ${grown.keeps} of them stay.`,
      {
        decision: 'keepShare',
        from: desired.replicas,
        to: grown.keeps,
        stableReplicas: grown.stable,
        share: grown.share,
        decided: desired.exposure.weight,
        tolerance: plan.traffic.tolerance,
      },
    ),
  );
  // What was measured until now spoke of another share.
  return moveWindows(
    lowered,
    look.now + plan.traffic.settleMs,
    desired.exposure.weight,
  );
}

/** What is waited for while more users reach the canary than were decided. */
export function waitForShare(
  rollout: RolloutState,
  look: Look,
): Wait | undefined {
  const { desired, plan, target } = rollout;
  const { weight } = look.observation.traffic.exposure;
  if (!scalingIsShift(look.context)) return undefined;
  if (weight <= desired.exposure.weight + plan.traffic.tolerance) {
    return undefined;
  }
  return {
    reason: 'ShareTooLarge',
    message:
      `${weight} % of the pods behind ${target.name} are canary pods, ` +
      `more than the ${desired.exposure.weight} % that were decided; waiting until there are fewer.`,
    pace: 'working',
  };
}

/** So few stable pods are left that a single canary pod is too large a share. */
export const shareTooLarge: DangerCheck = (rollout, look) => {
  const grown = shareGrown(rollout, look);
  const { desired, plan, target } = rollout;
  const most = desired.exposure.weight + plan.traffic.tolerance;
  if (!grown || shareOf(grown.keeps, grown.stable) <= most) return undefined;
  return {
    reason: 'ShareTooLarge',
    message:
      `${target.name} has only ${grown.stable} pods by now, so that even ${grown.keeps} canary pods are ` +
      `${shareOf(grown.keeps, grown.stable)} % of the traffic, more than the ` +
      `${desired.exposure.weight} % that were decided and ${plan.traffic.tolerance} points of tolerance.`,
    data: {
      stableReplicas: grown.stable,
      decided: desired.exposure.weight,
      tolerance: plan.traffic.tolerance,
    },
  };
};

/** The share that the wanted pods would have now, where it is more than was decided. */
function shareGrown(rollout: RolloutState, look: Look) {
  const { desired, plan } = rollout;
  const decided = desired.exposure.weight;
  if (!scalingIsShift(look.context) || decided === 0) return undefined;
  const stable = stableReplicas(rollout, look);
  const share = shareOf(desired.replicas, stable);
  if (share <= decided + plan.traffic.tolerance) return undefined;
  const planned = look.context.planReplicas(decided, stable);
  return { stable, share, keeps: Math.min(desired.replicas, planned) };
}

/** Percent with two decimals. */
function shareOf(canary: number, stable: number): number {
  const all = canary + stable;
  return all === 0 ? 0 : Math.round((canary / all) * 10_000) / 100;
}
