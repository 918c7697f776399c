import {
  JsonObject,
  Measurement,
  MetricDefinition,
} from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { AnalysisRun, Reading } from '../model';
import { missingData } from './missingData';

/** A measurement as recorded, and what the judge wants to remember of it. */
export interface JudgedReading {
  readonly measurement: Measurement;
  readonly judgeState?: JsonObject;
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
}): JudgedReading {
  const { reading, definition, run } = options;
  const { verdict, rule, threshold, state, message } = verdictOf(options);
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
    query: reading.query,
    ...(message && { message }),
  };
  return state ? { measurement, judgeState: state } : { measurement };
}

type JudgedVerdict = Pick<Measurement, 'verdict' | 'rule' | 'threshold'> & {
  readonly state?: JsonObject;
  readonly message?: string;
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
    const missing = missingData({ reading, definition, needsStable });
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
      state: run.metrics.find(one => one.metric === definition.name)
        ?.judgeState,
    });
    if (!['Pass', 'Fail', 'Inconclusive'].includes(result.verdict)) {
      throw new Error(`it answered ${JSON.stringify(result.verdict)}`);
    }
    return { ...result, message: warnings };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `The judge "${kind}" failed: ${reason}`;
    return { verdict: 'Error', rule: 'the judge failed', message };
  }
}

/** Keeps what JSON can carry: a non-finite number is as good as none. */
function finiteOnly<T extends Record<string, number | undefined>>(
  values: T,
): Partial<T> {
  return Object.fromEntries(
    Object.entries(values).filter(([, value]) => Number.isFinite(value)),
  ) as Partial<T>;
}
