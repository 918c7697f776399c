import {
  JsonObject,
  Measurement,
  MetricDefinition,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { Judge, JudgeResult } from 'backstage-plugin-canary-node';
import { AnalysisRun, Reading } from '../model';
import { missingData } from './missingData';
import { countsProblem } from './windowCounts';

/** A measurement as recorded, and what the judge wants to remember of it. */
export interface JudgedReading {
  readonly measurement: Measurement;
  readonly judgeState?: JsonObject;
  /** The verdict speaks of all measurements of the run so far. */
  readonly cumulative?: boolean;
  /** The verdict needs no further look. */
  readonly settled?: boolean;
}

/**
 * Turns a reading into a measurement with a verdict. A provider's failure is
 * `Error`, data that cannot carry a verdict is `NoData`, and only what is left
 * is shown to the judge. A judge that is not installed, throws, or answers
 * something that is no verdict is an `Error` as well: nothing here ends in
 * `Pass` by default.
 */
export function judgeReading(options: {
  readonly reading: Reading;
  readonly definition: MetricDefinition;
  readonly run: AnalysisRun;
  readonly judges: readonly Judge[];
  /** Part of the rollout's false-alarm rate; by default the run's metrics share it. */
  readonly alphaShare?: number;
}): JudgedReading {
  const { reading, definition, run } = options;
  const judged = verdictOf(options);
  const { verdict, rule, threshold, band, evidence, message } = judged;
  const { state, cumulative, settled } = judged;
  const { counts } = reading;
  const measurement: Measurement = {
    metric: definition.name,
    scope: run.scope,
    at: new Date(reading.at).toISOString(),
    window: {
      from: new Date(reading.window.from).toISOString(),
      to: new Date(reading.window.to).toISOString(),
    },
    weight: run.weight,
    ...finiteOnly({
      canary: reading.canary,
      stable: reading.stable,
      canarySample: reading.canarySample,
      stableSample: reading.stableSample,
    }),
    unit: definition.unit,
    verdict,
    rule,
    ...(threshold && { threshold }),
    ...(band && { band }),
    ...(counts && isStorable(counts) && { counts }),
    ...(evidence && { evidence }),
    query: reading.query,
    ...(message && { message }),
  };
  return {
    measurement,
    ...(state && { judgeState: state }),
    ...(cumulative && { cumulative }),
    ...(settled && verdict === 'Pass' && { settled }),
  };
}

type JudgedVerdict = Pick<
  Measurement,
  'verdict' | 'rule' | 'threshold' | 'band' | 'evidence' | 'message'
> & {
  readonly state?: JsonObject;
  readonly cumulative?: boolean;
  readonly settled?: boolean;
};

function verdictOf(options: Parameters<typeof judgeReading>[0]): JudgedVerdict {
  const { reading, definition, run, judges } = options;
  const { kind, params } = definition.judge;
  const warnings = reading.warnings.join('; ') || undefined;
  const judge = judges.find(one => one.kind === kind);
  if (!judge) {
    const message = `The judge "${kind}" is not installed; install its module or abort`;
    return { verdict: 'Error', rule: 'no judge', message };
  }
  try {
    const needsStable = judge.needsStable(params);
    const failure =
      reading.error ?? (needsStable ? reading.stableError : undefined);
    if (failure !== undefined) {
      const rule = 'the metrics source failed';
      return { verdict: 'Error', rule, message: failure };
    }
    const { counts } = reading;
    const gathers = judge.cumulative === true && counts !== undefined;
    const problem = gathers ? countsProblem(counts) : undefined;
    if (problem) return { ...problem, message: warnings };
    const missing = missingData({
      reading,
      // Of counts that add up, the sample is that of all windows.
      definition: gathers ? { ...definition, minimumSample: 0 } : definition,
      needsStable,
    });
    if (missing) return { verdict: 'NoData', rule: missing, message: warnings };
    const result = judge.judge({
      params,
      canary: reading.canary!,
      unit: definition.unit,
      ...finiteOnly({
        stable: reading.stable,
        canarySample: reading.canarySample,
        stableSample: reading.stableSample,
      }),
      ...(counts && { counts }),
      ...(reading.series && { series: reading.series }),
      window: reading.window,
      alphaShare: options.alphaShare ?? 1 / Math.max(1, run.metrics.length),
      state: run.metrics.find(one => one.metric === definition.name)
        ?.judgeState,
    });
    if (!['Pass', 'Fail', 'Inconclusive'].includes(result.verdict)) {
      throw new Error(`it answered ${JSON.stringify(result.verdict)}`);
    }
    return {
      ...result,
      ...tooFewRequests(result, definition),
      cumulative: judge.cumulative,
      message: warnings,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The judge "${kind}" failed: ${reason}`;
    return { verdict: 'Error', rule: 'the judge failed', message };
  }
}

/** Evidence on too small a sample is kept and waits for more. */
function tooFewRequests(
  { evidence }: JudgeResult,
  { minimumSample }: MetricDefinition,
): Pick<JudgedVerdict, 'verdict' | 'rule'> | undefined {
  if (!evidence) return undefined;
  const { canary, stable } = evidence.requests;
  const [arm, requests] =
    canary < minimumSample ? ['canary', canary] : ['stable', stable];
  if (requests >= minimumSample) return undefined;
  const rule = `${requests} of ${minimumSample} requests for the ${arm}`;
  return { verdict: 'NoData', rule };
}

function isStorable({ canary, stable }: WindowCounts): boolean {
  return [canary, stable].every(
    arm =>
      arm === undefined || [arm.requests, ...arm.events].every(Number.isFinite),
  );
}

/** Keeps what JSON can carry: a non-finite number is as good as none. */
function finiteOnly<T extends Record<string, number | undefined>>(
  values: T,
): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => Number.isFinite(value)),
  ) as Partial<T>;
}
