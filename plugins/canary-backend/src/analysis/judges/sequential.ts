import { Evidence, JsonObject } from 'backstage-plugin-canary-common';
import {
  defineJudge,
  JudgeInput,
  JudgeResult,
} from 'backstage-plugin-canary-node';
import {
  advanceState,
  evidenceOf,
  explain,
  NOTHING_SEEN,
  SequentialParams,
  sequentialParams,
  SequentialState,
} from '../sequential';
import { countsProblem } from '../runs/windowCounts';

const VERDICTS: Record<Evidence['conclusion'], JudgeResult['verdict']> = {
  regression: 'Fail',
  nonInferior: 'Pass',
  noRegressionFound: 'Pass',
  undecided: 'Inconclusive',
};

/**
 * Compares the counts of canary and stable window by window, and may be asked
 * after each: over the whole rollout it takes back a healthy canary with a
 * probability of at most `alpha`.
 *
 * `Fail` once the evidence against the canary reaches 1/alpha, for good. `Pass`,
 * settled, while the ratio is known to be below `maxRatio`. Until either, `Pass`
 * because no regression was found, or `Inconclusive` where the plan asks for
 * `evidence: nonInferior`.
 *
 * A window that cannot be compared (an arm without requests, a counter that
 * began anew, counts that contradict each other, a window that overlaps one
 * that was counted) counts for neither arm and leaves the verdict as it was.
 */
export const sequential = defineJudge<SequentialParams>({
  kind: 'sequential',
  params: sequentialParams,
  needsStable: () => true,
  cumulative: true,
  needsCounts: true,
  needsConcurrent: true,
  perRollout: true,
  judge: input => {
    const { params, alphaShare = 1, unit } = input;
    const before = (input.state as SequentialState | undefined) ?? NOTHING_SEEN;
    const why = whyNotCounted(input, before);
    const state =
      why === undefined
        ? advanceState(before, input.counts!, params, input.window?.to)
        : before;
    const evidence = evidenceOf(state, params, params.alpha * alphaShare);
    const rule =
      state.looks > 0
        ? explain(evidence, state, params, unit)
        : 'Undecided: nothing could be compared yet';
    const band = bandOf(evidence, state);
    return {
      verdict: VERDICTS[evidence.conclusion],
      rule: why === undefined ? rule : `${rule} (not counted: ${why})`,
      evidence,
      band,
      settled: evidence.conclusion === 'nonInferior' || undefined,
      state: state as unknown as JsonObject,
    };
  },
});

function whyNotCounted(
  { counts, window }: JudgeInput<SequentialParams>,
  { until, parts }: SequentialState,
): string | undefined {
  if (!counts) return 'this metric counts no requests, so it has no ratio';
  if (until !== undefined && window && window.from < until) {
    return 'the window overlaps one that was counted';
  }
  const known = parts.map(({ bound }) => bound);
  const given: readonly (number | undefined)[] = counts.bounds ?? [undefined];
  if (known.length > 0 && !given.some(bound => known.includes(bound))) {
    return 'the histogram has other bounds than before';
  }
  return countsProblem(counts)?.rule;
}

/**
 * Where the canary's rate lies, in percent as the values of a ratio are: so many
 * times the stable's over the rollout, as the evidence is; of one window with
 * little traffic it would jump. How many requests are slower than a bound says
 * nothing in milliseconds, so latency has none.
 */
function bandOf(
  { lower = 0, upper }: Evidence,
  { parts, stableRequests }: SequentialState,
): JudgeResult['band'] {
  const [part] = parts;
  if (!part || part.bound !== undefined || !(part.stable > 0)) return undefined;
  if (lower === 0 && upper === undefined) return undefined;
  const stable = (100 * part.stable) / stableRequests;
  return {
    lower: lower * stable,
    upper: upper === undefined ? undefined : upper * stable,
  };
}
