import { HoldReason } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { stepScope } from '../analysisRuns/analysisRuns';
import { amend, amendStep, Change } from '../draft';
import { clearHold, holdOf, isStepHold } from '../holds/holds';
import { CommandLook } from './commandLook';

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
export function promoteOne(
  change: Change,
  { now, actor }: CommandLook,
): Change {
  const hold = promotableHold(change.next);
  if (!hold) return change;
  const cleared = clearHold(
    change,
    hold.reason,
    now,
    `${actor} promoted the rollout.`,
    actor,
  );
  const { analyses, step } = cleared.next;
  if (isStepHold(hold)) return amendStep(cleared, { promoted: true });

  const forgiven = amend(cleared, {
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
  return analyses.some(({ scope }) => scope === stepScope(step.index))
    ? amendStep(forgiven, { promoted: true })
    : forgiven;
}
