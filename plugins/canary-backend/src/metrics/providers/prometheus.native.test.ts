import { mockServices } from '@backstage/backend-test-utils';
import { JsonObject } from '@backstage/types';
import { LatencyMetric } from 'backstage-plugin-canary-common';
import { systemClock } from '../../clock/systemClock';
import { builtInJudges } from '../../analysis';
import { seededRandom } from '../../analysis/testing/random';
import { openRun } from '../../rollout';
import { measure } from '../reading/measure';
import { nativeAnswer } from '../testing/observedBuckets';
import { Said, Seen, serve } from '../testing/serve';
import { prometheus } from './prometheus';

const NOW = Date.UTC(2026, 10, 24);
const { signal } = new AbortController();

const metric: LatencyMetric = {
  name: 'slowness',
  title: 'Slowness',
  kind: 'latency',
  source: 'main',
  unit: 'ms',
  boundScale: 1000,
  buckets: 'sum(increase(seconds{pod="{{ workload }}"}[{{ window }}]))',
  minimumSample: 1,
  judge: { kind: 'sequential', params: {} },
  failureLimit: 0,
  inconclusiveLimit: 0,
};

type Series = { readonly metric?: object } & (
  | { readonly histogram: readonly [at: number, histogram: unknown] }
  | { readonly value: readonly [at: number, value: string] }
);

const vector = (...result: readonly Series[]): Said => ({
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    status: 'success',
    data: { resultType: 'vector', result },
  }),
});

const native = (histogram: unknown, at = NOW / 1000): Series => ({
  metric: {},
  histogram: [at, histogram],
});

let server: Awaited<ReturnType<typeof serve>> | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A source whose server answers so. */
async function source(answer: (seen: Seen) => Said) {
  server = await serve(answer);
  return prometheus.connect(prometheus.config.parse({ url: server.url }), {
    name: 'main',
    fetch,
    logger: mockServices.logger.mock(),
    clock: systemClock,
  });
}

describe('native histograms over HTTP', () => {
  const window = { from: NOW - 60_000, to: NOW };
  const query = 'sum(increase(seconds[1m]))';
  const ask = async (...series: readonly Series[]) =>
    (await source(() => vector(...series))).queryBuckets!({
      query,
      window,
      signal,
    });

  it('are counts up to each of their bounds', async () => {
    const answer = {
      count: '9.5',
      sum: '1.25',
      buckets: [
        [3, '-2.938735877055719e-39', '2.938735877055719e-39', '1.5'],
        [0, '0.0625', '0.125', '6'],
        [0, '0.5', '1', '2'],
      ],
    };
    expect(await ask(native(answer, NOW / 1000 - 0.5))).toEqual({
      buckets: [
        { bound: -2.938735877055719e-39, count: 0 },
        { bound: 2.938735877055719e-39, count: 1.5 },
        { bound: 0.0625, count: 1.5 },
        { bound: 0.125, count: 7.5 },
        { bound: 0.5, count: 7.5 },
        { bound: 1, count: 9.5 },
        { bound: Infinity, count: 9.5 },
      ],
      sparse: 'exponential',
      at: NOW - 500,
      warnings: [],
    });
    expect(server!.seen[0].url.searchParams.get('query')).toBe(query);
  });

  const one = nativeAnswer([0.1, 0.2], 3);
  const several = 'answered with several series, native histograms among them';
  it.each<[string, Series[], string]>([
    ['several', [native(one), native(one)], several],
    [
      'one among numbers',
      [{ metric: { le: '1' }, value: [NOW / 1000, '1'] }, native(one)],
      several,
    ],
    ['one without a count', [native({ sum: '1' })], 'is not written as'],
    ['null in place of one', [native(null)], 'is not written as'],
    [
      'buckets of another form',
      [native({ count: '1', buckets: { 1: '1' } })],
      'is not written as',
    ],
    [
      'numbers that are no texts',
      [native({ count: 1, buckets: [[0, 1, 2, 1]] })],
      'is not written as',
    ],
    [
      'one that contradicts itself',
      [native({ count: '2', buckets: [[0, '1', '2', '1']] })],
      'answered with a native histogram that counts 2 requests and has 1 of them',
    ],
  ])('are refused: %s', async (_, series, want) => {
    await expect(ask(...series)).rejects.toThrow(want);
  });
});

describe('the sequential judge on native histograms', () => {
  const sequential = builtInJudges().get('sequential');

  /** Latencies around 80 ms as services have them, some of them ten times as long. */
  function latencies(n: number, random: () => number, factor = 1) {
    return Array.from({ length: n }, () => {
      const normal =
        Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
      return 0.08 * factor * Math.exp(0.5 * normal);
    });
  }

  /** Looks once a minute until it has an end, ten times at most. */
  async function judged(slowness: {
    readonly canary: (random: () => number) => readonly number[];
    readonly canarySchema?: number;
  }) {
    const { canary, canarySchema = 3 } = slowness;
    const random = seededRandom(7);
    const answering = await source(({ url }) => {
      const isCanary = url.searchParams.get('query')!.includes('"canary"');
      return vector(
        native(
          isCanary
            ? nativeAnswer(canary(random), canarySchema)
            : nativeAnswer(latencies(2_000, random), 3),
          Number(url.searchParams.get('time')),
        ),
      );
    });
    let state: JsonObject | undefined;
    for (let look = 1; ; look++) {
      const now = NOW + look * 60_000;
      const {
        counts,
        canary: value,
        window,
        error,
      } = await measure({
        run: openRun({
          scope: 'gate',
          metrics: ['slowness'],
          startedAt: NOW,
          windowFrom: NOW,
          weight: 5,
          intervalMs: 60_000,
          windowMs: 60_000,
          endsAt: now,
        }),
        metric,
        now,
        since: now - 60_000,
        arms: {
          canary: { workload: { type: 'string', value: 'canary' } },
          stable: { workload: { type: 'string', value: 'stable' } },
        },
        sources: { get: () => answering },
        signal,
      });
      expect(error).toBeUndefined();
      const result = sequential.judge({
        params: sequential.params.parse({}),
        unit: 'ms',
        canary: value ?? 0,
        counts,
        window,
        state,
      });
      if (result.verdict === 'Fail' || look === 10) return { ...result, look };
      state = JSON.parse(JSON.stringify(result.state));
    }
  }

  it('leaves a healthy canary alone', async () => {
    const { verdict, rule } = await judged({
      canary: random => latencies(100, random),
    });
    expect(verdict).toBe('Pass');
    expect(rule).toMatch(/^Below 2 times after 10 looks: .*slower than 125 ms/);
  });

  it('finds a canary that is half as slow again', async () => {
    const { verdict, look, evidence } = await judged({
      canary: random => latencies(100, random, 1.5),
    });
    expect(verdict).toBe('Fail');
    expect(look).toBeLessThanOrEqual(2);
    expect(evidence?.moved?.bound).toBe(125);
  });

  it('finds one in twenty requests that hang', async () => {
    const { verdict, look } = await judged({
      canary: random => [...latencies(95, random), ...latencies(5, random, 40)],
    });
    expect(verdict).toBe('Fail');
    expect(look).toBe(1);
  });

  it('finds a canary none of whose requests is as fast as any of the stable', async () => {
    const { verdict, look, rule } = await judged({
      canary: random => latencies(100, random, 1_000),
    });
    expect(verdict).toBe('Fail');
    expect(look).toBe(1);
    expect(rule).toContain("100 % of the canary's requests took longer than");
  });

  it('compares a canary whose histogram is coarser', async () => {
    const { verdict, look } = await judged({
      canary: random => latencies(100, random, 1.5),
      canarySchema: 0,
    });
    expect(verdict).toBe('Fail');
    expect(look).toBeLessThanOrEqual(2);
  });

  it('waits for the first request of an idle canary', async () => {
    const { verdict, rule } = await judged({ canary: () => [] });
    expect(verdict).not.toBe('Fail');
    expect(rule).toContain('no requests reached the canary');
  });
});
