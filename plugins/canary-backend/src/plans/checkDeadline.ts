import { Plan } from 'backstage-plugin-canary-common';
import { formatDuration } from 'backstage-plugin-canary-node';
import { ParsedStep } from './parseSteps';
import { Path, Problems } from './Problems';

/**
 * Notes every analysis that its step's deadline would cut off: such a plan
 * rolls back the best of versions. An analysis begins when the weight stands,
 * plus `settle`, while the deadline runs from the beginning of the step.
 */
export function checkDeadline(
  plan: {
    readonly steps: readonly ParsedStep[];
    readonly policy: Plan['analysis'];
    readonly settleMs: number;
    readonly deadlineMs: number;
  },
  problems: Problems,
): void {
  const { steps, policy, settleMs, deadlineMs } = plan;
  const check = (durationMs: number, path: Path) => {
    if (settleMs + durationMs < deadlineMs) return;
    problems.add(
      path,
      `lasts ${formatDuration(
        durationMs,
      )} after traffic.settle of ${formatDuration(
        settleMs,
      )}, and deadline gives a step ${formatDuration(
        deadlineMs,
      )}, so that it could never end in time; shorten it or lengthen deadline`,
    );
  };

  steps.forEach(({ definition, params, planStep: { kind } }, index) => {
    const analysis = definition.analysis?.(params);
    if (!analysis) return;
    check(analysis.durationMs, ['steps', index, kind, 'duration']);
  });
  if (policy !== 'none') check(policy.gateMs, ['analysis', 'gate', 'duration']);
}
