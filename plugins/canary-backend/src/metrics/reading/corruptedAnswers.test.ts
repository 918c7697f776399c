import { mockServices } from '@backstage/backend-test-utils';
import { MetricDefinition } from 'backstage-plugin-canary-common';
import { systemClock } from '../../clock/systemClock';
import {
  advanceRun,
  builtInJudges,
  concludeRun,
  judgeReading,
} from '../../analysis';
import { seededRandom } from '../../analysis/testing/random';
import { AnalysisRun, openRun } from '../../rollout';
import { measure } from './measure';
import { prometheus } from '../providers/prometheus';

// Whole answers are parsed a hundred thousand times over, which takes seconds.
jest.setTimeout(120_000);

const NOW = Date.UTC(2026, 10, 23);
const SAMPLE = 100;
/** Four answers each. */
const CASES = 25_000;

const base = {
  title: '',
  source: 'main',
  minimumSample: SAMPLE,
  failureLimit: 0,
  inconclusiveLimit: 0,
};

const value: MetricDefinition = {
  ...base,
  name: 'value',
  unit: 'percent',
  query: 'value {{ workload }}',
  sampleQuery: 'sample {{ workload }}',
  judge: { kind: 'threshold', params: { success: 'canary <= stable + 50.0' } },
};
const ratio: MetricDefinition = {
  ...base,
  name: 'ratio',
  kind: 'ratio',
  unit: 'percent',
  events: 'events {{ workload }}',
  total: 'total {{ workload }}',
  judge: { kind: 'sequential', params: params('sequential') },
};
const latency: MetricDefinition = {
  ...base,
  name: 'latency',
  kind: 'latency',
  unit: 'ms',
  buckets: 'buckets {{ workload }}',
  boundScale: 1,
  judge: { kind: 'sequential', params: params('sequential') },
};

function params(kind: string) {
  return builtInJudges().get(kind).params.parse({});
}

/** What a healthy server answers. */
const HEALTHY: Readonly<Record<string, number>> = {
  value: 1,
  sample: 5 * SAMPLE,
  events: 3,
  total: 5 * SAMPLE,
};

type Sample = readonly [at: number, value: unknown];

const vector = (...samples: readonly Sample[]) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: samples.map(sample => ({ metric: {}, value: sample })),
  },
});

const buckets = (
  counts: Readonly<Record<string, unknown>>,
  at = NOW / 1000,
) => ({
  status: 'success',
  data: {
    resultType: 'vector',
    result: Object.entries(counts).map(([le, count]) => ({
      metric: { le },
      value: [at, count],
    })),
  },
});

const WHOLE = { '10': '300', '100': '490', '+Inf': '500' };

function healthy(query: string): unknown {
  const [name] = query.split(' ');
  return name === 'buckets'
    ? buckets(WHOLE)
    : vector([NOW / 1000, String(HEALTHY[name])]);
}

type Random = () => number;
const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)];

/** Numbers that are none, or no count. */
const NO_NUMBERS = ['NaN', '+Inf', '-Inf', '', 'many', '0x', '1e999'];

/** Ways in which an answer to a query can be wrong; each makes its measurement worthless. */
const CORRUPTIONS: readonly ((query: string, random: Random) => unknown)[] = [
  (query, random) => numbers(query, () => pick(random, NO_NUMBERS)),
  query => (query.startsWith('buckets') ? buckets({}) : vector()),
  (query, random) => {
    const answer = healthy(query) as ReturnType<typeof vector>;
    const { result } = answer.data;
    const more = Array.from({ length: 1 + Math.floor(9 * random()) }, () =>
      pick(random, result),
    );
    return {
      ...answer,
      data: { ...answer.data, result: [...result, ...more] },
    };
  },
  // Taken before the window began: a server whose clock or scrape stands still.
  (query, random) => takenAt(query, NOW / 1000 - 61 - 1e6 * random()),
  query => ({ ...(healthy(query) as object), warnings: ['a store is down'] }),
  (_, random) => ({
    status: 'error',
    errorType: pick(random, ['timeout', '']),
  }),
  (query, random) =>
    JSON.stringify(healthy(query)).slice(0, -1 - 20 * random()),
  (_, random) => pick<unknown>(random, [null, 7, 'ok', [], {}, '<html>', '']),
  query => ({
    status: 'success',
    data: { resultType: 'matrix', result: [query] },
  }),
  () => ({
    status: 'success',
    data: { resultType: 'string', result: [1, '1'] },
  }),
  (query, random) =>
    numbers(query, () => pick<unknown>(random, [null, true, {}, []])),
  (query, random) => tooFew(query, random),
  (query, random) => contradiction(query, random),
];

/** The same answer with other values. */
function numbers(query: string, next: () => unknown): unknown {
  if (!query.startsWith('buckets')) return vector([NOW / 1000, next()]);
  // A bound that counts down to the last is one that can be read.
  return buckets({ '10': '300', '100': next(), '+Inf': next() });
}

function takenAt(query: string, seconds: number): unknown {
  const [name] = query.split(' ');
  return name === 'buckets'
    ? buckets(WHOLE, seconds)
    : vector([seconds, String(HEALTHY[name])]);
}

/** Fewer requests than the minimum, in whatever says how many there were. */
function tooFew(query: string, random: Random): unknown {
  const few = String(Math.floor((SAMPLE - 1) * random()));
  if (query.startsWith('buckets')) return buckets({ '10': '0', '+Inf': few });
  return /^(sample|total)/.test(query) ? vector([NOW / 1000, few]) : vector();
}

/** More bad requests than requests; buckets that count down; a counter that fell. */
function contradiction(query: string, random: Random): unknown {
  const many = String(10_000 + Math.floor(1e6 * random()));
  switch (query.split(' ')[0]) {
    case 'buckets':
      return buckets({ '10': many, '100': '490', '+Inf': '500' });
    case 'events':
      return vector([NOW / 1000, pick(random, [many, `-${many}`])]);
    case 'value':
      // Any number is a value, but none of a fraction of nothing.
      return vector([NOW / 1000, 'NaN']);
    default:
      return vector([NOW / 1000, `-${many}`]);
  }
}

/** What each metric asks of an arm. */
const ASKED: Readonly<Record<string, readonly string[]>> = {
  value: ['value', 'sample'],
  ratio: ['events', 'total'],
  latency: ['buckets'],
};

/** Some of the questions of both arms, one at least: without any of them nothing is known. */
function someOf(metric: string, random: Random): ReadonlySet<string> {
  const all = ['canary', 'stable'].flatMap(arm =>
    ASKED[metric].map(name => `${name} ${arm}`),
  );
  const first = pick(random, all);
  return new Set(all.filter(one => one === first || random() < 0.4));
}

const arms = {
  canary: { workload: { type: 'string', value: 'canary' } },
  stable: { workload: { type: 'string', value: 'stable' } },
} as const;

const run: AnalysisRun = openRun({
  scope: 'gate',
  metrics: ['value', 'ratio', 'latency'],
  startedAt: NOW - 60_000,
  windowFrom: NOW - 60_000,
  weight: 50,
  intervalMs: 30_000,
  windowMs: 60_000,
  endsAt: NOW,
});

/** Measures a metric of a server that answers so, and says what becomes of it. */
async function judged(
  metric: MetricDefinition,
  answer: (query: string) => unknown,
) {
  const source = prometheus.connect(
    prometheus.config.parse({ url: 'http://metrics.example' }),
    {
      name: 'main',
      logger: mockServices.logger.mock(),
      clock: systemClock,
      fetch: async url => {
        const body = answer(new URL(String(url)).searchParams.get('query')!);
        return new Response(
          typeof body === 'string' ? body : JSON.stringify(body),
        );
      },
    },
  );
  const reading = await measure({
    run,
    metric,
    now: NOW,
    arms,
    sources: { get: () => source },
    signal: new AbortController().signal,
  });
  const own = {
    ...run,
    metrics: run.metrics.filter(m => m.metric === metric.name),
  };
  const one = judgeReading({
    reading,
    definition: metric,
    run: own,
    judges: builtInJudges(),
    memory: { requests: { canary: 0, stable: 0 } },
  });
  const after = advanceRun(own, [one], { [metric.name]: metric }, NOW);
  return { measurement: one.measurement, conclusion: concludeRun(after, NOW) };
}

describe('what a metrics server may answer', () => {
  it.each([value, ratio, latency])(
    'passes where it is whole: $name',
    async metric => {
      const { measurement, conclusion } = await judged(metric, healthy);
      expect(measurement.verdict).toBe('Pass');
      expect(conclusion).toMatchObject({ verdict: 'Pass', finished: true });
    },
  );

  it('never passes, nor fails, a hundred thousand times that it is not', async () => {
    const random = seededRandom(20_261_123);
    const verdicts = new Map<string, number>();
    const wrong: object[] = [];
    for (let n = 0; n < CASES; n++) {
      const metric = pick(random, [value, ratio, latency]);
      const corrupt = pick(random, CORRUPTIONS);
      const queries = new Map<string, unknown>();
      const victims = someOf(metric.name, random);
      const { measurement, conclusion } = await judged(metric, query => {
        const body = victims.has(query)
          ? corrupt(query, random)
          : healthy(query);
        queries.set(query, body);
        return body;
      });
      const { verdict, rule } = measurement;
      verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
      const holds =
        (verdict === 'NoData' || verdict === 'Error') &&
        !conclusion.finished &&
        conclusion.verdict !== 'Pass' &&
        /\w{3}/.test(rule);
      if (!holds) {
        wrong.push({ metric: metric.name, verdict, rule, asked: [...queries] });
      }
    }
    expect(wrong).toEqual([]);
    expect([...verdicts.keys()].sort()).toEqual(['Error', 'NoData']);
  });
});
