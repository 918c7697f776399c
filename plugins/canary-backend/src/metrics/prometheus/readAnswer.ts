import {
  MetricBuckets,
  MetricReading,
  MetricSeries,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Endpoint, redact, sourceError } from '../sources/boundedFetch';
import { nativeBuckets, nativeHistogram } from './nativeHistogram';
import { PrometheusAnswer, prometheusSample } from './prometheusAnswer';

const NATIVE_HISTOGRAM =
  'answered with a native histogram; take a number of it with histogram_quantile()';

const SEVERAL_NATIVE =
  'answered with several series, native histograms among them; aggregate them to one with sum(), or ask for series …_bucket only';

const BY_BUCKET =
  'did not answer with one series for each bucket; aggregate them with sum by (le)';

/** The one number of an answer. Throws `MetricSourceError` where it is another. */
export function readingOf(
  endpoint: Endpoint,
  { data, ...rest }: PrometheusAnswer,
): MetricReading {
  const warnings = warningsOf(endpoint, rest);
  if (data?.resultType === 'scalar') return pointOf(data.result, warnings);
  if (data?.resultType !== 'vector') {
    const found = data?.resultType ?? 'nothing';
    throw sourceError(endpoint, `answered with a ${found}, not with a vector`);
  }
  if (data.result.length === 0) return { warnings };
  const [{ value }] = one(endpoint, data.result);
  if (!value) throw sourceError(endpoint, NATIVE_HISTOGRAM);
  return pointOf(value, warnings);
}

/**
 * The counts by bucket of an answer: one native histogram, as `sum` answers; or one series for each `le` and
 * nothing else, as `sum by (le)` does of classic ones.
 */
export function bucketsOf(
  endpoint: Endpoint,
  { data, ...rest }: PrometheusAnswer,
): MetricBuckets {
  const warnings = warningsOf(endpoint, rest);
  if (data?.resultType !== 'vector') {
    const found = data?.resultType ?? 'nothing';
    throw sourceError(endpoint, `answered with a ${found}, not with a vector`);
  }
  const native = data.result.find(({ histogram }) => histogram !== undefined);
  if (native) {
    if (data.result.length > 1) throw sourceError(endpoint, SEVERAL_NATIVE);
    return { ...nativeOf(endpoint, native.histogram), warnings };
  }
  const samples = data.result.map(({ metric = {}, value }) => {
    if (!value) throw sourceError(endpoint, BY_BUCKET);
    const { le, ...others } = metric;
    const bound = le === undefined ? NaN : numberOf(le);
    if (Number.isNaN(bound) || Object.keys(others).length > 0) {
      throw sourceError(endpoint, BY_BUCKET);
    }
    return { bound, ...pointOf(value, []) };
  });
  if (new Set(samples.map(({ bound }) => bound)).size < samples.length) {
    throw sourceError(endpoint, 'answered with the same bucket twice');
  }
  return {
    buckets: samples.map(({ bound, value }) => ({ bound, count: value! })),
    at:
      samples.length > 0
        ? Math.min(...samples.map(({ at }) => at!))
        : undefined,
    warnings,
  };
}

function nativeOf(
  endpoint: Endpoint,
  raw: unknown,
): Omit<MetricBuckets, 'warnings'> {
  const found = z.tuple([z.number(), nativeHistogram]).safeParse(raw);
  const read = found.success
    ? nativeBuckets(found.data[1], numberOf)
    : { problem: 'is not written as its API writes one' };
  if ('problem' in read) {
    throw sourceError(
      endpoint,
      `answered with a native histogram that ${read.problem}`,
    );
  }
  return { ...read, at: Math.round(found.data![0] * 1000) };
}

/** The points of the one series of an answer. */
export function seriesOf(
  endpoint: Endpoint,
  { data, ...rest }: PrometheusAnswer,
): MetricSeries {
  const warnings = warningsOf(endpoint, rest);
  if (data?.resultType !== 'matrix') {
    const found = data?.resultType ?? 'nothing';
    throw sourceError(endpoint, `answered with a ${found}, not with a matrix`);
  }
  if (data.result.length === 0) return { points: [], warnings };
  const [{ values }] = one(endpoint, data.result);
  if (!values) throw sourceError(endpoint, NATIVE_HISTOGRAM);
  const points = values.map(([at, value]) => ({
    at: Math.round(at * 1000),
    value: numberOf(value),
  }));
  return { points, warnings };
}

function one<T>(endpoint: Endpoint, series: readonly T[]): readonly T[] {
  if (series.length === 1) return series;
  throw sourceError(
    endpoint,
    `answered with ${series.length} series; aggregate them to one, with sum() for instance`,
  );
}

function pointOf(
  [at, value]: z.infer<typeof prometheusSample>,
  warnings: readonly string[],
): MetricReading {
  return { value: numberOf(value), at: Math.round(at * 1000), warnings };
}

/** `+Inf` and `-Inf` are Prometheus' own spellings. */
function numberOf(text: string): number {
  const infinite = /^([+-]?)Inf$/.exec(text);
  if (infinite) return infinite[1] === '-' ? -Infinity : Infinity;
  return text.trim() === '' ? NaN : Number(text);
}

/** What it tells of the query, which the numbers do not suffer from. */
function warningsOf(
  endpoint: Endpoint,
  { infos = [] }: Pick<PrometheusAnswer, 'infos'>,
): readonly string[] {
  return infos
    .slice(0, 5)
    .map(text => redact(text, endpoint.secrets).slice(0, 300));
}
