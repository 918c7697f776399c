import { MOST_METRICS } from '../plans';
import { hundredthsOf } from '../rollout/percent';
import { Draft, DraftPlan } from './Draft';
import { writeDuration } from './goDuration';
import { SourceNode } from './SourceNode';

/** Fewest measurements of an analysis without a length of its own, and of the gate. */
const INTERVALS = 5;
export const DEFAULT_INTERVAL_MS = 60_000;
/** What a step may take where nobody says: the default of plans. */
const DEADLINE_MS = 600_000;
const SETTLE_MS = 5_000;

/** What an analysis watches and how. */
export interface Watched {
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  /** Measurements that its metrics need, together with failures that they may have. */
  readonly measurements: number;
  readonly windowMs?: number;
}

/** An `analysis` step of that many measurements, and how long it may last. */
export function analysisStep(watched: Watched): {
  readonly step: object;
  readonly lastsMs: number;
} {
  const { intervalMs, windowMs } = watched;
  const lastsMs = intervalMs * Math.max(1, watched.measurements);
  return {
    lastsMs,
    step: {
      analysis: {
        metrics: watched.metrics.slice(0, MOST_METRICS),
        interval: writeDuration(intervalMs),
        window: windowMs ? writeDuration(windowMs) : undefined,
        duration: writeDuration(lastsMs),
      },
    },
  };
}

/**
 * Joins what a source says to a plan that our parser reads. Without any metric
 * that could be imported the pods' restarts are watched: a plan must not
 * promote by nothing at all because an import lost its metrics.
 */
export function draftPlan(options: {
  readonly draft: Draft;
  /** Where notes about the plan as a whole belong. */
  readonly at: SourceNode;
  readonly title: string;
  readonly description?: string;
  readonly traffic: object;
  readonly steps: readonly object[];
  readonly watched: Watched;
  /** Of metrics that are judged together. */
  readonly score?: object;
  /** Weight from which the metrics are watched all along. */
  readonly from?: number;
  /** Longest analysis of its steps. */
  readonly longestMs: number;
  readonly deadlineMs?: number;
}): DraftPlan {
  const { draft, at, watched, traffic, steps, title, description } = options;
  const metrics =
    watched.metrics.length > 0
      ? [...new Set(watched.metrics)]
      : [restarts(draft, at)];
  if (metrics.length > MOST_METRICS) {
    at.note(
      'lost',
      `A plan names at most ${MOST_METRICS} metrics; the others are imported, and not watched.`,
    );
  }
  const { intervalMs, windowMs } = watched;
  const gateMs = intervalMs * Math.max(INTERVALS, watched.measurements);
  at.note(
    'changed',
    `Before the promotion a gate watches all metrics for ${writeDuration(
      gateMs,
    )} at the last weight; only a pass of each opens it.`,
  );
  const needsMs = Math.max(options.longestMs, gateMs) + SETTLE_MS;
  const deadlineMs = deadlineFor(needsMs, options.deadlineMs);
  return {
    title: title.slice(0, 200),
    description: description ? description.slice(0, 2_000) : undefined,
    traffic,
    steps,
    analysis: {
      metrics: metrics.slice(0, MOST_METRICS),
      interval: writeDuration(intervalMs),
      window: windowMs ? writeDuration(windowMs) : undefined,
      from: options.from,
      gate: { duration: writeDuration(gateMs) },
      score: options.score,
    },
    deadline: deadlineMs ? writeDuration(deadlineMs) : undefined,
  };
}

/** Room for the longest analysis and for the pods to come up before it. */
function deadlineFor(needsMs: number, wantedMs?: number): number | undefined {
  const leastMs = needsMs + 120_000;
  const wanted = wantedMs ?? DEADLINE_MS;
  if (wanted >= leastMs) return wantedMs;
  return Math.ceil(leastMs / 60_000) * 60_000;
}

function restarts(draft: Draft, at: SourceNode): string {
  at.note(
    'changed',
    'No metric could be imported for this plan, so that it watches restarts of containers; name metrics of yours in its analysis.',
  );
  return draft.addMetric('restarts', { preset: 'kubernetes/restarts' });
}

/** Weights as a plan has them: at most 99.99, promotion is implied. */
export function stepWeight(weight: number): number {
  return Math.min(99.99, Math.max(0, hundredthsOf(weight) / 100));
}
