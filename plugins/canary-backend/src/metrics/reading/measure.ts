import { MetricDefinition, WindowCounts } from 'backstage-plugin-canary-common';
import {
  AnalysisRun,
  Instant,
  alignDown,
  alignUp,
  Reading,
} from '../../rollout';
import { ArmSource, AskContext, messageOf } from './askArm';
import { latencyCounts, ratioCounts } from './countsOf';
import { GatheredQuestions } from '../sources/GatheredQuestions';
import { latencyLadder } from './latencyLadder';
import { MetricSourceLookup } from '../sources/MetricSources';
import { QueryArguments } from './queryTemplate';
import { ArmReading, readArm } from './readArm';
import { SharedSources, sharedSources } from '../sources/sharedSources';

/** What one tick knows when it measures. */
export interface MeasureContext {
  readonly now: Instant;
  readonly arms: {
    readonly canary: QueryArguments;
    readonly stable: QueryArguments;
    /** The stable's workload whatever version it ran, for questions about the past. */
    readonly past?: QueryArguments;
    /** The fresh baseline of a rollout that has one. */
    readonly fresh?: QueryArguments;
  };
  readonly signal: AbortSignal;
}

/** One metric of one run that is due. */
export interface DueMeasurement {
  readonly run: Pick<AnalysisRun, 'windowFrom' | 'windowMs' | 'intervalMs'>;
  readonly metric: MetricDefinition;
  /** End of the last window, where windows must not overlap. */
  readonly since?: Instant;
}

/**
 * Reads every due metric, with a bound on the queries that run at once,
 * identical ones asked once, and alike ones of other rollouts asked together.
 * Readings come in the order of `due`.
 */
export function measureAll(
  due: readonly DueMeasurement[],
  context: MeasureContext & {
    readonly sources: MetricSourceLookup;
    /** Absent: every rollout asks alone. */
    readonly gathered?: GatheredQuestions;
  },
): Promise<Reading[]> {
  const sources = sharedSources(context.sources, context.gathered);
  return Promise.all(due.map(one => measure({ ...one, ...context, sources })));
}

/**
 * Reads one metric of both arms over the same window, which begins no earlier
 * than the run's, the metric's warm-up later, and not before the last one ended. Of a metric that is
 * compared with the past, the stable's window is the same one so long before.
 * Never throws: a failure becomes `error` or `stableError`.
 */
export async function measure({
  run,
  metric,
  since = run.windowFrom,
  now,
  arms,
  sources,
  signal,
}: DueMeasurement &
  MeasureContext & { readonly sources: SharedSources }): Promise<Reading> {
  const to = alignDown(now - (metric.lagMs ?? 0), run.intervalMs);
  const { warmUpMs = 0 } = metric;
  const warm = alignUp(run.windowFrom + warmUpMs, run.intervalMs);
  const earliest = warmUpMs > 0 ? warm : run.windowFrom;
  const window = {
    from: Math.max(earliest, since, to - run.windowMs),
    to,
  };
  const reading: Reading = {
    metric: metric.name,
    at: now,
    window,
    query: templateOf(metric),
    warnings: [],
  };
  if (window.to <= window.from) return { ...reading, window: { from: to, to } };

  let source: ArmSource;
  try {
    source = sources.get(metric.source);
  } catch (error) {
    return { ...reading, error: messageOf(error) };
  }
  const offsetMs = offsetOf(metric);
  const stableWindow = offsetMs && {
    from: window.from - offsetMs,
    to: window.to - offsetMs,
  };
  const context = { source, window, signal };
  const [canary, stable] = await Promise.all([
    readArm(metric, arms.canary, context),
    stableWindow
      ? readPast(metric, arms.past ?? {}, { ...context, window: stableWindow })
      : readArm(metric, concurrent(metric, arms), context),
  ]);
  const counts = countsOf(metric, canary, stable);
  return {
    ...reading,
    query: canary.query ?? reading.query,
    canary: canary.value,
    stable: stable.value,
    canarySample: canary.sample,
    stableSample: stable.sample,
    canaryAt: canary.at,
    stableAt: stable.at,
    stableWindow: stableWindow || undefined,
    counts,
    error: canary.error,
    stableError: stable.error,
    warnings: [...new Set([...canary.warnings, ...stable.warnings])],
  };
}

/** How long before the canary's window the stable's lies; undefined where it is the same. */
function offsetOf({ baseline }: MetricDefinition): number | undefined {
  return typeof baseline === 'object' ? baseline.offsetMs : undefined;
}

/** The arm that is asked for the canary's own window. */
function concurrent(
  { baseline }: MetricDefinition,
  { stable, fresh }: MeasureContext['arms'],
): QueryArguments {
  return baseline === 'fresh' ? fresh ?? {} : stable;
}

/** What the source cannot tell of the past must not be told of now. */
async function readPast(
  metric: MetricDefinition,
  args: QueryArguments,
  context: AskContext,
): Promise<ArmReading> {
  if (context.source.canLookBack) return readArm(metric, args, context);
  return {
    error: `The source "${metric.source}" tells only of now, and the metric is compared with the past; leave its baseline out`,
    warnings: [],
  };
}

/** Counts of both arms; undefined of a metric that counts nothing. */
function countsOf(
  metric: MetricDefinition,
  canary: ArmReading,
  stable: ArmReading,
): WindowCounts | undefined {
  switch (metric.kind) {
    case 'ratio':
      return ratioCounts({ canary: canary.counts, stable: stable.counts });
    case 'latency':
      return latencyCounts(
        { canary: canary.histogram, stable: stable.histogram },
        latencyLadder(metric),
      );
    default:
      return undefined;
  }
}

/** What is shown as the query where none was sent. */
function templateOf(metric: MetricDefinition): string {
  switch (metric.kind) {
    case 'ratio':
      return metric.events;
    case 'latency':
      return metric.buckets;
    default:
      return metric.query;
  }
}
