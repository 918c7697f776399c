import { BACKGROUND, closeAnalysis, openAnalysis } from './analysisRuns';
import { Change } from '../draft';
import { Look } from '../decisionInput';
import { exposureStands } from '../exposure/verify';

/** Keeps the background analysis open exactly while the weight that was read back is at least the plan's `from`. */
export function keepBackgroundAnalysis(change: Change, { now }: Look): Change {
  const { plan, verified } = change.next;
  if (plan.analysis === 'none' || plan.analysis.from === undefined) {
    return change;
  }
  if (!exposureStands(change.next)) return change;
  const { from, metrics, intervalMs, windowMs } = plan.analysis;
  const { weight } = verified.exposure;
  if (weight < from) {
    return closeAnalysis(
      change,
      BACKGROUND,
      now,
      `the weight is below ${from} %.`,
    );
  }
  return openAnalysis(
    change,
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
