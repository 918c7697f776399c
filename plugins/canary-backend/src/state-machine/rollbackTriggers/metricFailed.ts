import { inputsOf } from '../analysisRuns/analysisRuns';
import { triggerCheck } from './TriggerCheck';

/** A metric of an open run failed, in whatever phase or hold. */
export const metricFailed = triggerCheck([], (rollout, input) => {
  const failed = input.observation.conclusions.find(
    ({ scope, verdict }) =>
      verdict === 'Fail' && rollout.analyses.some(run => run.scope === scope),
  );
  return (
    failed && {
      reason: 'MetricFailed',
      message: `Metric ${failed.metric} failed (${failed.scope}): ${failed.rule}`,
      data: inputsOf(failed, input),
    }
  );
});
