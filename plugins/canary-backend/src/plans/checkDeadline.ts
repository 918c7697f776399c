import { MetricDefinition, Plan } from 'backstage-plugin-canary-common';
import { formatDuration } from 'backstage-plugin-canary-node';
import { ParsedStep } from './parseSteps';
import { Path, Problems } from './Problems';

/**
 * Notes every analysis that its step's deadline would cut off: such a plan
 * rolls back the best of versions. An analysis begins when the weight stands,
 * plus `settle`, while the deadline runs from the beginning of the step. It
 * lasts as long as it says, or until its metrics have the measurements that
 * they ask for.
 */
export function checkDeadline(
  plan: {
    readonly steps: readonly ParsedStep[];
    readonly policy: Plan['analysis'];
    readonly settleMs: number;
    readonly deadlineMs: number;
    readonly metricDefinitions: Readonly<Record<string, MetricDefinition>>;
  },
  problems: Problems,
): void {
  const { steps, policy, settleMs, deadlineMs, metricDefinitions } = plan;
  const check = (analysis: Analysis, path: Path) => {
    const { durationMs, intervalMs } = analysis;
    const asked = mostAsked(analysis.metrics, metricDefinitions);
    const lastsMs = Math.max(durationMs, asked * intervalMs);
    if (settleMs + lastsMs < deadlineMs) return;
    const why =
      lastsMs > durationMs ? ` for the ${asked} measurements of a metric` : '';
    problems.add(
      path,
      `lasts ${formatDuration(
        lastsMs,
      )}${why} after traffic.settle of ${formatDuration(
        settleMs,
      )}, and deadline gives a step ${formatDuration(
        deadlineMs,
      )}, so that it could never end in time; shorten it or lengthen deadline`,
    );
  };

  steps.forEach(({ definition, params, planStep: { kind } }, index) => {
    const analysis = definition.analysis?.(params);
    if (analysis) check(analysis, ['steps', index, kind, 'duration']);
  });
  if (policy !== 'none') {
    const gate = { ...policy, durationMs: policy.gateMs };
    check(gate, ['analysis', 'gate', 'duration']);
  }
}

interface Analysis {
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  readonly durationMs: number;
}

/** The most measurements that one of these metrics asks for. */
function mostAsked(
  metrics: readonly string[],
  definitions: Readonly<Record<string, MetricDefinition>>,
): number {
  return metrics.reduce((most, name) => {
    const { count = 0, consecutiveSuccessLimit = 0 } = Object.hasOwn(
      definitions,
      name,
    )
      ? definitions[name]
      : {};
    return Math.max(most, count, consecutiveSuccessLimit);
  }, 0);
}
