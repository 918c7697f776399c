import { KayentaLabel } from './classifyMetric';

/** A classified metric, as the score sees it. */
export interface ScoredMetric {
  readonly label: KayentaLabel;
  /** Its failure fails the canary. */
  readonly critical: boolean;
  /** Muted metrics are reported and never counted. */
  readonly muted?: boolean;
  readonly groups: readonly string[];
}

/** Scores from 0 to 100. */
export interface CanaryScore {
  readonly score: number;
  readonly groups: readonly { readonly name: string; readonly score: number }[];
  /** Why the score is 0 whatever the groups say. */
  readonly reason?: string;
}

/** Percent of metrics without data from which there is no score. */
const NO_DATA_LIMIT = 50;

/**
 * Kayenta's weighted sum of group scores (`WeightedSumScorer.scala`). Groups
 * without a weight share what is left of 100; a group without any data counts
 * as 100 in the sum and is shown as 0; a metric of no group does not count.
 */
export function scoreCanary(
  metrics: readonly ScoredMetric[],
  /** Percent by group. */
  groupWeights: Readonly<Record<string, number>>,
): CanaryScore {
  const counted = metrics.filter(({ muted }) => !muted);
  const scored = groupsOf(counted).map(name => {
    const members = counted.filter(({ groups }) => groups.includes(name));
    return { name, ...groupScore(members) };
  });
  const groups = scored.map(({ name, score }) => ({ name, score }));

  if (counted.some(({ label, critical }) => critical && label !== 'Pass')) {
    return { score: 0, groups, reason: 'a critical metric failed' };
  }
  const without = counted.filter(({ label }) => label === 'Nodata').length;
  if ((without / counted.length) * 100 >= NO_DATA_LIMIT) {
    const reason = `${without} of ${counted.length} metrics have no data`;
    return { score: 0, groups, reason };
  }
  const given = Object.values(groupWeights).reduce((sum, one) => sum + one, 0);
  const unweighted = scored.filter(({ name }) => !(name in groupWeights));
  const rest = (100 - given) / unweighted.length;
  const sum = scored.reduce((total, { name, score, hasData }) => {
    const weight = groupWeights[name] ?? rest;
    return total + (hasData ? score : 100) * (weight / 100);
  }, 0);
  return { score: Math.round(sum * 100) / 100, groups };
}

function groupsOf(metrics: readonly ScoredMetric[]): readonly string[] {
  return [...new Set(metrics.flatMap(({ groups }) => groups))];
}

function groupScore(members: readonly ScoredMetric[]) {
  const passed = members.filter(({ label }) => label === 'Pass').length;
  const total = members.filter(
    ({ label }) => label !== 'Nodata' && label !== 'Error',
  ).length;
  const hasData = total > 0;
  return { score: hasData ? (100 * passed) / total : 0, hasData };
}
