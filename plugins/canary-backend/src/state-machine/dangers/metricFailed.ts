import { inputsOf } from '../analyses';
import { DangerCheck } from './firstDanger';

/** A metric of an open run failed, in whatever phase or hold. */
export const metricFailed: DangerCheck = ({ analyses }, look) => {
  const failed = look.observation.conclusions.find(
    ({ scope, verdict }) =>
      verdict === 'Fail' && analyses.some(run => run.scope === scope),
  );
  return (
    failed && {
      reason: 'MetricFailed',
      message: `Metric ${failed.metric} failed (${failed.scope}): ${failed.rule}`,
      data: inputsOf(failed, look),
    }
  );
};
