import {
  ArmCounts,
  LatencyMetric,
  MetricDefinition,
  RatioMetric,
  ValueMetric,
} from 'backstage-plugin-canary-common';
import { assertNever, Instant } from '../../rollout';
import { Answer, AskContext, askBuckets, askValue } from './askArm';
import { Histogram, histogramOf, percentOf, quantileOf } from './countsOf';
import { QueryArguments } from './queryTemplate';

/** The quantile that stands for latency. */
const SHOWN_QUANTILE = 0.95;

/** What one arm's questions gave together. */
export interface ArmReading {
  readonly value?: number;
  readonly sample?: number;
  /** Of a ratio. */
  readonly counts?: ArmCounts;
  /** Of latency. */
  readonly histogram?: Histogram;
  /** When the server says the oldest answer was taken. */
  readonly at?: Instant;
  /** The first query as sent. */
  readonly query?: string;
  readonly error?: string;
  readonly warnings: readonly string[];
}

/** Asks everything that a metric asks of one arm. Never throws. */
export function readArm(
  metric: MetricDefinition,
  args: QueryArguments,
  context: AskContext,
): Promise<ArmReading> {
  switch (metric.kind) {
    case 'ratio':
      return readRatio(metric, args, context);
    case 'latency':
      return readLatency(metric, args, context);
    case 'value':
    case undefined:
      return readValue(metric, args, context);
    default:
      return assertNever(metric);
  }
}

async function readValue(
  { query, sampleQuery }: ValueMetric,
  args: QueryArguments,
  context: AskContext,
): Promise<ArmReading> {
  const [value, sample] = await Promise.all([
    askValue(query, args, context),
    sampleQuery === undefined
      ? undefined
      : askValue(sampleQuery, args, context),
  ]);
  return {
    ...together(sample ? [value, sample] : [value]),
    value: value.value,
    ...oldest([value.at, sample?.at]),
    sample: sample?.value,
  };
}

async function readRatio(
  metric: RatioMetric,
  args: QueryArguments,
  context: AskContext,
): Promise<ArmReading> {
  const [events, total] = await Promise.all([
    askValue(metric.events, args, context),
    askValue(metric.total, args, context),
  ]);
  const common = {
    ...together([events, total]),
    ...oldest([events.at, total.at]),
  };
  if (total.value === undefined) return common;
  if (events.value === undefined) {
    const answered = events.query !== undefined && events.error === undefined;
    // To take nothing for zero would let a misspelled query pass for ever.
    const hint =
      'the query of events answered with nothing; where that means none, make it answer 0';
    return {
      ...common,
      sample: total.value,
      warnings: [...common.warnings, ...(answered ? [hint] : [])],
    };
  }
  const counts = { requests: total.value, events: [events.value] };
  const value = percentOf(counts);
  return {
    ...common,
    counts,
    sample: total.value,
    value,
  };
}

async function readLatency(
  metric: LatencyMetric,
  args: QueryArguments,
  context: AskContext,
): Promise<ArmReading> {
  const answer = await askBuckets(metric.buckets, args, context);
  const common = { ...together([answer]), ...oldest([answer.at]) };
  const { buckets, sparse } = answer;
  const histogram =
    buckets && histogramOf({ buckets, sparse }, metric.boundScale);
  if (!histogram) return common;
  if ('problem' in histogram) {
    return {
      ...common,
      warnings: [...common.warnings, histogram.problem],
    };
  }
  const value = quantileOf(histogram, SHOWN_QUANTILE);
  return {
    ...common,
    histogram,
    sample: histogram.requests,
    value,
  };
}

function together(
  answers: readonly Answer<object>[],
): Pick<ArmReading, 'query' | 'error' | 'warnings'> {
  const [{ query }] = answers;
  const error = answers.find(answer => answer.error !== undefined)?.error;
  return {
    query,
    error,
    warnings: answers.flatMap(answer => answer.warnings),
  };
}

function oldest(times: readonly (Instant | undefined)[]): { at?: Instant } {
  const known = times.filter((at): at is Instant => at !== undefined);
  return known.length > 0 ? { at: Math.min(...known) } : {};
}
