import {
  MetricBuckets,
  MetricGroupRequest,
  MetricReading,
  MetricSeries,
  MetricSource,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import {
  boundedFetch,
  BoundedRequest,
  Endpoint,
  redact,
  sourceError,
} from './boundedFetch';
import { nativeBuckets, nativeHistogram } from './nativeHistogram';
import { conditionOf, groupQuery, readWays, splitByArm, Way } from './promql';

const NATIVE_HISTOGRAM =
  'answered with a native histogram; take a number of it with histogram_quantile()';

const SEVERAL_NATIVE =
  'answered with several series, native histograms among them; aggregate them to one with sum(), or ask for series …_bucket only';

const BY_BUCKET =
  'did not answer with one series for each bucket; aggregate them with sum by (le)';

/** Of a proxy before it or a limit of the server, not of the query. */
const UNAVAILABLE: readonly number[] = [429, 502, 503, 504];

/** A sample of the HTTP API: Unix seconds and the value as text. */
const sample = z.tuple([z.number(), z.string()]);

const answer = z.object({
  status: z.enum(['success', 'error']),
  error: z.string().optional(),
  errorType: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  infos: z.array(z.string()).optional(),
  data: z
    .discriminatedUnion('resultType', [
      z.object({ resultType: z.literal('scalar'), result: sample }),
      z.object({
        resultType: z.literal('vector'),
        result: z.array(
          z.object({
            metric: z.record(z.string(), z.string()).optional(),
            value: sample.optional(),
            histogram: z.unknown().optional(),
          }),
        ),
      }),
      z.object({
        resultType: z.literal('matrix'),
        result: z.array(z.object({ values: z.array(sample).optional() })),
      }),
      z.object({ resultType: z.literal('string'), result: z.unknown() }),
    ])
    .optional(),
});

type Answer = z.infer<typeof answer>;

/**
 * A source behind version 1 of Prometheus' HTTP API, whose `/api/v1` follows
 * the base URL.
 *
 * @see "HTTP API" of the Prometheus documentation
 */
export function prometheusSource(
  endpoint: Endpoint & { readonly baseUrl: URL },
): MetricSource {
  return {
    query: async ({ query, window, signal }) => {
      const time = seconds(window.to);
      const url = apiUrl(endpoint.baseUrl, 'query', { query, time });
      return readingOf(endpoint, await ask(endpoint, url, signal));
    },
    queryBuckets: async ({ query, window, signal }) => {
      const time = seconds(window.to);
      const url = apiUrl(endpoint.baseUrl, 'query', { query, time });
      return bucketsOf(endpoint, await ask(endpoint, url, signal));
    },
    queryRange: async ({ query, window, stepMs, signal }) => {
      const url = apiUrl(endpoint.baseUrl, 'query_range', {
        query,
        start: seconds(window.from),
        end: seconds(window.to),
        step: seconds(stepMs),
      });
      return seriesOf(endpoint, await ask(endpoint, url, signal));
    },
    group: template => {
      const ways = readWays(template);
      if (!ways) return undefined;
      return {
        query: request => askGroup(endpoint, ways, request, readingOf),
        queryBuckets: request => askGroup(endpoint, ways, request, bucketsOf),
      };
    },
    canLookBack: true,
    escape: escapePromql,
  };
}

/** One request for each way, whose answers are read as if every arm had asked alone. */
async function askGroup<T>(
  endpoint: Endpoint & { readonly baseUrl: URL },
  ways: readonly Way[],
  { each, window, signal }: MetricGroupRequest,
  read: (of: Endpoint, answer: Answer) => T,
): Promise<readonly (T | undefined)[]> {
  const arms = each.map(args =>
    ways.map(way =>
      'constant' in way
        ? []
        : way.matchers.map(matcher => conditionOf(matcher, args)),
    ),
  );
  const answers = await Promise.all(
    ways.map(async (way, index): Promise<Answer> => {
      if ('constant' in way) return { status: 'success' };
      const conditions = arms.map(arm => arm[index]);
      const query = groupQuery(way, conditions, escapePromql);
      const form = new URLSearchParams({ query, time: seconds(window.to) });
      // Many arms make a query too long for an address.
      return ask(endpoint, apiUrl(endpoint.baseUrl, 'query', {}), signal, {
        method: 'POST',
        body: form.toString(),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
    }),
  );
  const vectors = answers.map(({ data }) => {
    if (data === undefined) return [];
    if (data.resultType === 'vector') return data.result;
    throw sourceError(endpoint, `answered with a ${data.resultType}`);
  });
  const infos = answers.flatMap(given => given.infos ?? []);
  return splitByArm(ways, vectors, arms, window.to / 1000).map(result => {
    if (!result) return undefined;
    try {
      const data = { resultType: 'vector' as const, result: [...result] };
      return read(endpoint, { status: 'success', infos, data } as Answer);
    } catch {
      // Asked alone, it says by itself what is wrong with it.
      return undefined;
    }
  });
}

/**
 * A text inside a double-quoted PromQL string, which knows Go's escapes; a
 * duration as PromQL writes it.
 */
function escapePromql(argument: QueryArgument): string {
  if (argument.type === 'durationMs') {
    const ms = Math.max(1, Math.round(argument.value));
    return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
  }
  return argument.value.replace(/[^\x20-\x7e]|["'`\\]/gu, escapeCharacter);
}

/** Hexadecimal escapes hold in single and double quotes alike, `\\"` would not. */
function escapeCharacter(character: string): string {
  if (character === '\\') return '\\\\';
  const code = character.codePointAt(0)!;
  return code > 0xffff
    ? `\\U${code.toString(16).padStart(8, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

function apiUrl(
  baseUrl: URL,
  method: 'query' | 'query_range',
  parameters: Record<string, string>,
): URL {
  const url = new URL(baseUrl);
  const prefix = url.pathname.replace(/\/+$/, '').replace(/\/api\/v1$/, '');
  url.pathname = `${prefix}/api/v1/${method}`;
  for (const [name, value] of Object.entries(parameters)) {
    url.searchParams.set(name, value);
  }
  return url;
}

/** Prometheus takes Unix seconds with a fraction. */
function seconds(ms: number): string {
  return String(ms / 1000);
}

async function ask(
  endpoint: Endpoint,
  url: URL,
  signal: AbortSignal,
  request?: BoundedRequest,
): Promise<Answer> {
  const sent = await boundedFetch(endpoint, url, signal, request);
  const { ok, status, text } = sent;
  const parsed = answer.safeParse(parseJson(text));
  // An error carries its reason in the body, with whatever status.
  if (parsed.success && parsed.data.status === 'error') {
    const { errorType = 'error', error = 'no reason given' } = parsed.data;
    throw sourceError(endpoint, `refused the query: ${errorType}: ${error}`);
  }
  if (!ok) {
    throw sourceError(endpoint, `answered with status ${status}`, {
      unavailable: UNAVAILABLE.includes(status),
    });
  }
  if (!parsed.success) {
    throw sourceError(endpoint, 'did not answer as the Prometheus API does');
  }
  const [warning] = parsed.data.warnings ?? [];
  if (warning !== undefined) {
    // A store that is down, a limit that was cut: a number, but of what?
    throw sourceError(
      endpoint,
      `warns that its answer is not whole: ${warning}`,
    );
  }
  return parsed.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readingOf(
  endpoint: Endpoint,
  { data, ...rest }: Answer,
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
 * One native histogram, as `sum` answers; or one series for each `le` and
 * nothing else, as `sum by (le)` does of classic ones.
 */
function bucketsOf(
  endpoint: Endpoint,
  { data, ...rest }: Answer,
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
    ...(samples.length > 0 && {
      at: Math.min(...samples.map(({ at }) => at!)),
    }),
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

function seriesOf(endpoint: Endpoint, { data, ...rest }: Answer): MetricSeries {
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
  [at, value]: z.infer<typeof sample>,
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
  { infos = [] }: Pick<Answer, 'infos'>,
): readonly string[] {
  return infos
    .slice(0, 5)
    .map(text => redact(text, endpoint.secrets).slice(0, 300));
}
