import {
  ArmCounts,
  JsonObject,
  Measurement,
  MetricDefinition,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { Judge, JudgeResult } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { AnalysisRun, JudgeMemory, Reading } from '../../rollout';
import { baselineWords } from '../baselineWords';
import { missingData } from './missingData';
import { countsProblem } from './windowCounts';

/** Rules of errors whose message says why, and carries no warning. */
export const FAILURES = {
  source: 'the metrics source failed',
  judge: 'the judge failed',
  noJudge: 'no judge',
} as const;

/** A measurement as recorded, and what the judge wants to remember of it. */
export interface JudgedReading {
  readonly measurement: Measurement;
  readonly judgeState?: JsonObject;
  /** The same where it is the rollout's, after this reading. */
  readonly memory?: JudgeMemory;
  /** Requests that this run has seen, where the memory is the rollout's. */
  readonly requests?: JudgeMemory['requests'];
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
  readonly judges: Registry<Judge>;
  /** What the judge remembers of the rollout; without it, it is asked for what it remembers of the run. */
  readonly memory?: JudgeMemory;
  /** Part of the rollout's false-alarm rate; by default the run's metrics share it. */
  readonly alphaShare?: number;
  /** The answer of whoever saw more of it than is left: no judge is asked. */
  readonly asTaken?: Pick<Measurement, 'verdict' | 'rule' | 'message'>;
}): JudgedReading {
  const { reading, definition, run, memory } = options;
  const judged: JudgedVerdict = options.asTaken ?? verdictOf(options);
  const { verdict, rule, threshold, band, evidence, message } = judged;
  const { state, cumulative, settled } = judged;
  const counts = reading.counts && storable(reading.counts);
  const { baseline } = definition;
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
    threshold,
    band,
    counts,
    baseline: baseline && baseline !== 'stable' ? baseline : undefined,
    evidence,
    query: reading.query,
    message: message || undefined,
  };
  return {
    measurement,
    ...(memory
      ? { memory: memoryAfter(memory, judged, options) }
      : state && { judgeState: state }),
    requests: judged.requests,
    cumulative: cumulative || undefined,
    settled: settled && verdict === 'Pass' ? settled : undefined,
  };
}

/**
 * A window whose counts were read is over, also where they could not be
 * compared: a counter that began anew would else spoil every window to come.
 */
function memoryAfter(
  before: JudgeMemory,
  { state, evidence }: JudgedVerdict,
  { reading }: Parameters<typeof judgeReading>[0],
): JudgeMemory {
  const { counts, error, stableError, window } = reading;
  const isRead =
    counts !== undefined && error === undefined && stableError === undefined;
  return {
    ...before,
    ...(isRead && { until: Math.max(before.until ?? 0, window.to) }),
    ...(state && { state }),
    ...(evidence && { requests: evidence.requests }),
  };
}

type JudgedVerdict = Pick<
  Measurement,
  'verdict' | 'rule' | 'threshold' | 'band' | 'evidence' | 'message'
> & {
  readonly state?: JsonObject;
  readonly requests?: JudgeMemory['requests'];
  readonly cumulative?: boolean;
  readonly settled?: boolean;
};

function verdictOf(options: Parameters<typeof judgeReading>[0]): JudgedVerdict {
  const judged = judgedBy(options);
  const { definition, judges } = options;
  const { kind, params } = definition.judge;
  const against = baselineWords(definition.baseline);
  const compares = judges.find(kind)?.needsStable(params);
  if (!against || !compares) return judged;
  // A judge knows two numbers, and not where the other one is from.
  return { ...judged, rule: `${judged.rule} (compared with ${against})` };
}

function judgedBy(options: Parameters<typeof judgeReading>[0]): JudgedVerdict {
  const { reading, definition, run, judges } = options;
  const { memory } = options;
  const { kind, params } = definition.judge;
  const ofRun = run.metrics.find(one => one.metric === definition.name);
  const warnings = reading.warnings.join('; ') || undefined;
  const judge = judges.find(kind);
  if (!judge) {
    const message = `The judge "${kind}" is not installed; install its module or abort`;
    return { verdict: 'Error', rule: FAILURES.noJudge, message };
  }
  try {
    const needsStable = judge.needsStable(params);
    const failure =
      reading.error ?? (needsStable ? reading.stableError : undefined);
    if (failure !== undefined) {
      const rule = FAILURES.source;
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
      counts,
      series: reading.series,
      window: reading.window,
      alphaShare: options.alphaShare ?? 1 / Math.max(1, run.metrics.length),
      state: memory ? memory.state : ofRun?.judgeState,
    });
    if (!['Pass', 'Fail', 'Inconclusive'].includes(result.verdict)) {
      throw new Error(`it answered ${JSON.stringify(result.verdict)}`);
    }
    const requests = memory && seenByRun(result, memory, ofRun?.requests);
    return {
      ...result,
      ...tooFewRequests(result, definition, requests),
      requests,
      cumulative: judge.cumulative,
      message: warnings,
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The judge "${kind}" failed: ${reason}`;
    return { verdict: 'Error', rule: FAILURES.judge, message };
  }
}

/** Of the evidence's requests, those of this run's own looks. */
function seenByRun(
  { evidence }: JudgeResult,
  { requests: before }: JudgeMemory,
  seen: JudgeMemory['requests'] = { canary: 0, stable: 0 },
): JudgeMemory['requests'] | undefined {
  return (
    evidence && {
      canary: seen.canary + evidence.requests.canary - before.canary,
      stable: seen.stable + evidence.requests.stable - before.stable,
    }
  );
}

/**
 * Evidence on too small a sample is kept and waits for more. A run passes on
 * requests of its own; a regression is one whoever has seen it.
 */
function tooFewRequests(
  { evidence, verdict }: JudgeResult,
  { minimumSample }: MetricDefinition,
  ofRun: JudgeMemory['requests'] | undefined,
): Pick<JudgedVerdict, 'verdict' | 'rule'> | undefined {
  if (!evidence) return undefined;
  const isOfAll = verdict === 'Fail' || !ofRun;
  const { canary, stable } = isOfAll ? evidence.requests : ofRun;
  const [arm, requests] =
    canary < minimumSample ? ['canary', canary] : ['stable', stable];
  if (requests >= minimumSample) return undefined;
  const rule = `${requests} of ${minimumSample} requests for the ${arm}`;
  return { verdict: 'NoData', rule };
}

/** An arm with a count that JSON cannot carry is as good as none. */
function storable({ canary, stable, ...counts }: WindowCounts): WindowCounts {
  return {
    ...counts,
    canary: canary && hasNumbers(canary) ? canary : undefined,
    stable: stable && hasNumbers(stable) ? stable : undefined,
  };
}

function hasNumbers({ requests, events }: ArmCounts): boolean {
  return [requests, ...events].every(Number.isFinite);
}

/** Keeps what JSON can carry: a non-finite number is as good as none. */
function finiteOnly<T extends Record<string, number | undefined>>(
  values: T,
): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => Number.isFinite(value)),
  ) as Partial<T>;
}
