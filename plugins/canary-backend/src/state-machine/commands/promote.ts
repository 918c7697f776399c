import { HoldReason } from 'backstage-plugin-canary-common';
import { MetricState, RolloutState } from '../../rollout';
import { stepScope } from '../analysisRuns/analysisRuns';
import { update, updateStep, Draft } from '../draft';
import { clearHold, holdOf, isStepHold } from '../holds/holds';
import { CommandInput } from './commandInput';

/** Holds that `promote` ends, the one it ends first in front. */
const PROMOTABLE: readonly HoldReason[] = [
  'NoData',
  'Inconclusive',
  'Approval',
  'StepPause',
];

/** The hold that `promote` would end. */
export function promotableHold(rollout: RolloutState) {
  return PROMOTABLE.map(reason => holdOf(rollout, reason)).find(Boolean);
}

/**
 * Ends one hold. Going on without data starts its clock anew: the next
 * unusable measurement holds the rollout again, and a gate is not opened by it.
 */
export function promoteOne(draft: Draft, { now, actor }: CommandInput): Draft {
  const hold = promotableHold(draft.next);
  if (!hold) return draft;
  const cleared = clearHold(
    draft,
    hold.reason,
    now,
    `${actor} promoted the rollout.`,
    actor,
  );
  const { analyses, step } = cleared.next;
  if (isStepHold(hold))
    return updateStep(cleared, { holdEnded: { by: 'person' } });

  const forgiven = update(cleared, {
    analyses: analyses.map(run => ({
      ...run,
      metrics: run.metrics.map(
        ({ unusableSince: _, exhausted: __, ...state }) => ({
          ...state,
          errorsInARow: 0,
        }),
      ),
    })),
  });
  // Only where the step itself waits for that data does it end with the hold.
  const own = analyses.find(({ scope }) => scope === stepScope(step.index));
  return own?.metrics.some(isWithoutData)
    ? updateStep(forgiven, { holdEnded: { by: 'person' } })
    : forgiven;
}

function isWithoutData({ unusableSince, exhausted }: MetricState): boolean {
  return unusableSince !== undefined || exhausted === true;
}
