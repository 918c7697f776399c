import { isExposed } from 'backstage-plugin-canary-common';
import { BACKGROUND, closeAnalysis, openAnalysis } from './analysisRuns';
import { Draft } from '../draft';
import { DecisionInput } from '../decisionInput';
import { isExposureVerified } from '../exposure/verify';

/** Keeps the background analysis open exactly while the weight that was read back is at least the plan's `from`. */
export function keepBackgroundAnalysis(
  draft: Draft,
  { now }: DecisionInput,
): Draft {
  const { plan, verified, step } = draft.next;
  if (plan.analysis === 'none' || plan.analysis.from === undefined) {
    return draft;
  }
  if (!isExposureVerified(draft.next)) return draft;
  // A step that has to begin anew has nobody to measure, whatever weight it watches from.
  if (!isExposed(verified.exposure) && step.readySince === undefined) {
    return draft;
  }
  const { from, metrics, intervalMs, windowMs } = plan.analysis;
  const { weight } = verified.exposure;
  if (weight < from) {
    return closeAnalysis(
      draft,
      BACKGROUND,
      now,
      `the weight is below ${from} %.`,
    );
  }
  return openAnalysis(
    draft,
    {
      scope: BACKGROUND,
      metrics,
      startedAt: now,
      windowFrom: Math.max(now, verified.since + plan.traffic.settleMs),
      weight,
      intervalMs,
      windowMs,
    },
    now,
  );
}
