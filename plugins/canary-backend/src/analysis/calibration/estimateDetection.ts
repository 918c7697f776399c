import {
  MetricDefinition,
  MetricDetectability,
  Plan,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { CountedWindow, MeasuredHistory, MetricHistory } from '../../rollout';
import { SequentialParams, sequentialParams } from '../sequential';
import { countsProblem, strataOf } from '../runs/windowCounts';
import { learnDispersion } from './learnDispersion';
import { Stretch, timeToDetect } from './timeToDetect';

/** Regressions that people ask for: twice as bad, and five times. */
const RATIOS = [2, 5];

/** Share of slow requests whose bound stands for latency, as the 95th percentile does. */
const SLOW_SHARE = 0.05;

/**
 * What a plan would notice of this workload, for each of its metrics that is
 * judged by evidence: how fast, at the traffic that was measured last, and how
 * far its false-alarm rate can be relied on.
 *
 * @param plan - as it would be snapshotted, with what was learned
 * @param stretches - when the weight stands and the metrics are watched
 */
export function estimateDetection(
  plan: Plan,
  segments: readonly Stretch[],
  history: MeasuredHistory,
): readonly MetricDetectability[] {
  const { analysis } = plan;
  if (analysis === 'none' || plan.observeOnly) return [];
  const judged = Object.values(plan.metrics).filter(
    ({ judge }) => judge.kind === 'sequential',
  );
  return judged.map(definition => {
    const params = sequentialParams.parse(definition.judge.params);
    const known = history[definition.name] ?? {};
    const traffic = trafficOf(known, params);
    const learned = learnDispersion(
      known.observed?.windows.map(({ counts }) => counts) ?? [],
    );
    return {
      ...head(definition, params, judged.length),
      learned: learned && {
        dispersion: learned.value,
        windows: learned.windows,
        rolloutId: known.observed!.rolloutId,
      },
      traffic: traffic?.seen,
      detection: RATIOS.map(ratio => {
        const afterMs =
          traffic &&
          timeToDetect(
            {
              ...params,
              alpha: params.alpha / judged.length,
              segments,
              intervalMs: analysis.intervalMs,
              requestsPerSecond: traffic.seen.requestsPerSecond,
              rate: traffic.seen.rate,
              parts: traffic.parts,
            },
            ratio,
          );
        return { ratio, afterMs };
      }),
    };
  });
}

function head(
  { name, title, unit }: MetricDefinition,
  { alpha, phi }: SequentialParams,
  sharing: number,
) {
  return { metric: name, title, unit, alpha: alpha / sharing, dispersion: phi };
}

/** What users do, by the stable's windows; undefined where nothing was counted. */
function trafficOf({ latest }: MetricHistory, params: SequentialParams) {
  const windows = (latest?.windows ?? []).filter(
    ({ counts }) => !countsProblem(counts),
  );
  if (!latest || windows.length === 0) return undefined;
  const counts = windows.map(window => window.counts);
  const part = partOf(counts, params);
  if (part === undefined) return undefined;
  const stable = counts.map(one => strataOf(one)[indexOf(one, part.bound)]);
  const requests = sum(windows, ({ counts: { canary, stable: other } }) =>
    sum([canary!, other!], each => each.requests),
  );
  const seconds =
    sum(windows, (window: CountedWindow) => window.durationMs) / 1000;
  if (!(seconds > 0)) return undefined;
  const stableRequests = sum(stable, each => each.stableRequests);
  return {
    parts: part.parts,
    seen: {
      requestsPerSecond: requests / seconds,
      rate: sum(stable, each => each.stableEvents) / stableRequests,
      bound: part.bound,
      at: latest.at,
    },
  };
}

/** The bound that stands for latency: the promised one, or that of the slowest twentieth. */
function partOf(
  counts: readonly WindowCounts[],
  { objective }: SequentialParams,
): { readonly bound?: number; readonly parts: number } | undefined {
  const [{ bounds }] = counts;
  if (!bounds) return { parts: 1 };
  const everywhere = bounds.filter(bound =>
    counts.every(one => one.bounds?.includes(bound)),
  );
  const distance = (bound: number) => {
    if (objective !== undefined) return Math.abs(bound - objective);
    const strata = counts.map(one => strataOf(one)[indexOf(one, bound)]);
    const share =
      sum(strata, each => each.stableEvents) /
      sum(strata, each => each.stableRequests);
    return Math.abs(share - SLOW_SHARE);
  };
  const [bound] = [...everywhere].sort((a, b) => distance(a) - distance(b));
  return bound === undefined ? undefined : { bound, parts: bounds.length };
}

function indexOf({ bounds }: WindowCounts, bound: number | undefined): number {
  return bound === undefined ? 0 : bounds!.indexOf(bound);
}

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
