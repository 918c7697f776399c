import { MetricDefinition } from 'backstage-plugin-canary-common';
import { countsRequests, Reading } from '../../rollout';

/**
 * Why a reading cannot carry a verdict, or undefined when it can: no window,
 * too small a sample, no value, a non-finite or a stale one. The stable's side
 * counts only for judges that compare.
 */
export function missingData(options: {
  readonly reading: Reading;
  readonly definition: MetricDefinition;
  readonly needsStable: boolean;
}): string | undefined {
  const { reading, definition, needsStable } = options;
  const { window, stableWindow = window } = reading;
  const { from, to } = window;
  if (!(to > from)) return 'the window has no length yet';

  const arms = [
    {
      arm: 'canary',
      value: reading.canary,
      sample: reading.canarySample,
      at: reading.canaryAt,
      from,
    },
    ...(needsStable
      ? [
          {
            arm: 'stable',
            value: reading.stable,
            sample: reading.stableSample,
            at: reading.stableAt,
            from: stableWindow.from,
          },
        ]
      : []),
  ];
  // Samples first: an error rate of no requests is 0 / 0, and "3 of 100
  // requests" tells more than "not a number".
  for (const { arm, sample } of arms) {
    const problem = sampleProblem(arm, sample, definition);
    if (problem) return problem;
  }
  for (const { arm, value, at, from: since } of arms) {
    if (value === undefined) return `no value for the ${arm}`;
    if (!Number.isFinite(value)) {
      return `the ${arm}'s value is not a finite number (${value})`;
    }
    if (at !== undefined && !(at >= since)) {
      return `the ${arm}'s value is older than the window`;
    }
  }
  return undefined;
}

function sampleProblem(
  arm: string,
  sample: number | undefined,
  definition: MetricDefinition,
): string | undefined {
  const { minimumSample } = definition;
  if (minimumSample <= 0) return undefined;
  if (!countsRequests(definition)) {
    return 'the metric asks for a sample and has no sampleQuery';
  }
  if (sample === undefined || !Number.isFinite(sample)) {
    return `no sample for the ${arm}`;
  }
  return sample < minimumSample
    ? `${sample} of ${minimumSample} requests for the ${arm}`
    : undefined;
}
