import { MetricDefinition } from 'backstage-plugin-canary-common';
import { MetricReading, MetricSource } from 'backstage-plugin-canary-node';
import { AnalysisRun, Instant, Reading } from '../model';
import { MetricSourceLookup } from './MetricSources';
import { QueryArguments, renderQuery } from './queryTemplate';
import { sharedSources } from './sharedSources';

/** What one tick knows when it measures. */
export interface MeasureContext {
  readonly now: Instant;
  readonly arms: {
    readonly canary: QueryArguments;
    readonly stable: QueryArguments;
  };
  readonly sources: MetricSourceLookup;
  readonly signal: AbortSignal;
}

/** One metric of one run that is due. */
export interface DueMeasurement {
  readonly run: AnalysisRun;
  readonly metric: MetricDefinition;
}

type Answer = Partial<Pick<MetricReading, 'value' | 'at'>> & {
  readonly query?: string;
  readonly error?: string;
  readonly warnings: readonly string[];
};

const NOTHING: Answer = { warnings: [] };

/**
 * Reads every due metric, with a bound on the queries that run at once and
 * identical ones asked once. Readings come in the order of `due`.
 */
export function measureAll(
  due: readonly DueMeasurement[],
  context: MeasureContext,
): Promise<Reading[]> {
  const sources = sharedSources(context.sources);
  return Promise.all(due.map(one => measure({ ...one, ...context, sources })));
}

/**
 * Reads one metric of both arms over the same window, which begins no earlier
 * than the run's. Never throws: a failure becomes `error` or `stableError`.
 */
export async function measure({
  run,
  metric,
  now,
  arms,
  sources,
  signal,
}: DueMeasurement & MeasureContext): Promise<Reading> {
  const window = {
    from: Math.max(run.windowFrom, now - run.windowMs),
    to: now,
  };
  const reading: Reading = {
    metric: metric.name,
    at: now,
    window,
    query: metric.query,
    warnings: [],
  };
  if (window.to <= window.from)
    return { ...reading, window: { from: now, to: now } };

  let source: MetricSource;
  try {
    source = sources.get(metric.source);
  } catch (error) {
    return { ...reading, error: messageOf(error) };
  }
  const ask = async (
    template: string | undefined,
    args: QueryArguments,
  ): Promise<Answer> => {
    if (template === undefined) return NOTHING;
    let query: string;
    try {
      const length = window.to - window.from;
      query = renderQuery(
        template,
        { ...args, window: { type: 'durationMs', value: length } },
        argument => source.escape(argument),
      );
    } catch (error) {
      // Templates are checked when metrics are read, so what is missing here is
      // a fact about this arm: not attributable is no data, not a failure.
      return { warnings: [messageOf(error)] };
    }
    try {
      return { query, ...(await source.query({ query, window, signal })) };
    } catch (error) {
      return { query, error: messageOf(error), warnings: [] };
    }
  };
  const [canary, canarySample, stable, stableSample] = await Promise.all([
    ask(metric.query, arms.canary),
    ask(metric.sampleQuery, arms.canary),
    ask(metric.query, arms.stable),
    ask(metric.sampleQuery, arms.stable),
  ]);
  const error = canary.error ?? canarySample.error;
  const stableError = stable.error ?? stableSample.error;
  return {
    ...reading,
    query: canary.query ?? metric.query,
    ...(canary.value !== undefined && { canary: canary.value }),
    ...(stable.value !== undefined && { stable: stable.value }),
    ...(canarySample.value !== undefined && {
      canarySample: canarySample.value,
    }),
    ...(stableSample.value !== undefined && {
      stableSample: stableSample.value,
    }),
    ...(canary.at !== undefined && { canaryAt: canary.at }),
    ...(stable.at !== undefined && { stableAt: stable.at }),
    ...(error !== undefined && { error }),
    ...(stableError !== undefined && { stableError }),
    warnings: [
      ...new Set(
        [canary, canarySample, stable, stableSample].flatMap(
          answer => answer.warnings,
        ),
      ),
    ],
  };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
