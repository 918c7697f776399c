import {
  Measurement,
  MetricDefinition,
  Rollout,
  Verdict,
} from 'backstage-plugin-canary-common';
import { byMetric } from './byMetric';
import { gravity } from './thinOut';

/** One metric of a rollout with all that was measured of it. */
export interface MetricStanding {
  readonly metric: string;
  readonly title: string;
  /** Absent for what was measured without being in the plan. */
  readonly definition?: MetricDefinition;
  /** The oldest first; empty before the first measurement. */
  readonly measurements: readonly Measurement[];
}

/**
 * Every metric of the plan, and every other that was measured: the gravest
 * latest verdict first, those without a measurement last.
 */
export function metricStandings(
  rollout: Rollout,
  measurements: readonly Measurement[],
): MetricStanding[] {
  const groups = byMetric(measurements);
  const names = new Set([
    ...Object.keys(rollout.plan.metrics),
    ...groups.keys(),
  ]);
  const standings = [...names].map(metric => ({
    metric,
    title: rollout.plan.metrics[metric]?.title ?? metric,
    definition: rollout.plan.metrics[metric],
    measurements: groups.get(metric) ?? [],
  }));
  return standings.sort((a, b) => rank(a) - rank(b));
}

/** Titles of the metrics by their latest verdict. */
export function byLatestVerdict(
  standings: readonly MetricStanding[],
): ReadonlyMap<Verdict, readonly string[]> {
  const titles = new Map<Verdict, string[]>();
  for (const { title, measurements } of standings) {
    const verdict = measurements.at(-1)?.verdict;
    if (verdict) titles.set(verdict, [...(titles.get(verdict) ?? []), title]);
  }
  return titles;
}

function rank({ measurements }: MetricStanding): number {
  const latest = measurements.at(-1);
  return latest ? gravity(latest.verdict) : Infinity;
}
