import {
  Measurement,
  MetricDefinition,
  Verdict,
} from 'backstage-plugin-canary-common';
import { MetricState } from '../../rollout';

type Standing = Pick<MetricState, 'verdict' | 'rule' | 'needsMore' | 'settled'>;

/**
 * The verdict on the metric as a whole within the present window. Breaches
 * beyond the limit stay a `Fail` whatever comes later; data that is missing now
 * outweighs passes of before; and without a single `Pass` there is none.
 *
 * Where the metric asks for a number of measurements or of passes in a row, it
 * is undecided until it has them, and needs no further look once it has. At
 * `count` a metric whose latest measurements are no such row stays undecided.
 */
export function metricVerdict(
  {
    counts,
    passesInARow,
  }: Required<Pick<MetricState, 'counts' | 'passesInARow'>>,
  latest: Measurement,
  definition: MetricDefinition,
): Standing {
  const { failureLimit, inconclusiveLimit } = definition;
  if (counts.Fail > failureLimit) {
    const rule =
      failureLimit > 0
        ? `${counts.Fail} measurements failed, ${failureLimit} may: ${latest.rule}`
        : latest.rule;
    return { verdict: 'Fail', rule };
  }
  if (!isUsable(latest.verdict)) return latestVerdict(latest);
  if (counts.Inconclusive > inconclusiveLimit) {
    return { verdict: 'Inconclusive', rule: latest.rule };
  }

  const { count, consecutiveSuccessLimit } = definition;
  const measured = counts.Pass + counts.Fail + counts.Inconclusive;
  const shortOf = count !== undefined && measured < count;
  if (
    consecutiveSuccessLimit !== undefined &&
    passesInARow < consecutiveSuccessLimit
  ) {
    return {
      verdict: 'Inconclusive',
      rule: `${passesInARow} of ${consecutiveSuccessLimit} passes in a row: ${latest.rule}`,
      needsMore: shortOf || count === undefined ? true : undefined,
    };
  }
  if (shortOf && consecutiveSuccessLimit === undefined) {
    return {
      verdict: 'Inconclusive',
      rule: `${measured} of ${count} measurements: ${latest.rule}`,
      needsMore: true,
    };
  }
  if (counts.Pass === 0) return { verdict: 'Inconclusive', rule: latest.rule };
  return {
    verdict: 'Pass',
    rule: latest.rule,
    settled:
      (count ?? consecutiveSuccessLimit) === undefined ? undefined : true,
  };
}

/** Of a judge that speaks of the whole run, and of data that is missing now. */
export function latestVerdict({
  verdict,
  rule,
  message,
}: Measurement): Standing {
  const withReason = message && !isUsable(verdict);
  return { verdict, rule: withReason ? `${rule}: ${message}` : rule };
}

/** Whether a measurement says anything of the canary. */
export function isUsable(verdict: Verdict): boolean {
  return verdict !== 'NoData' && verdict !== 'Error';
}
