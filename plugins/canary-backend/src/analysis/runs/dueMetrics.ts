import { AnalysisRun, Instant } from '../../rollout';

/** Names of the metrics of a run that are to be measured at `now`. */
export function dueMetrics(run: AnalysisRun, now: Instant): readonly string[] {
  return run.metrics
    .filter(state => state.dueAt <= now)
    .map(state => state.metric);
}
