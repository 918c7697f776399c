import { MetricDefinition } from 'backstage-plugin-canary-common';
import {
  MetricBuckets,
  MetricReading,
  MetricRequest,
  MetricSource,
  MetricSourceError,
} from 'backstage-plugin-canary-node';
import { openRun } from '../../rollout';
import { measure, measureAll } from './measure';
import { MetricSourceLookup } from '../sources/MetricSources';

const NOW = 1_000_000;

const run = openRun({
  scope: 'background',
  metrics: ['error-rate'],
  startedAt: 0,
  windowFrom: 940_000,
  weight: 5,
  intervalMs: 30_000,
  windowMs: 150_000,
});

const metric: MetricDefinition = {
  name: 'error-rate',
  title: 'Error rate',
  source: 'main',
  query: 'errors {{ workload }} {{ window }}',
  sampleQuery: 'requests {{ workload }}',
  unit: 'percent',
  minimumSample: 10,
  judge: { kind: 'threshold', params: { max: 1 } },
  failureLimit: 0,
  inconclusiveLimit: 0,
};

const arms = {
  canary: { workload: { type: 'string', value: 'c' } },
  stable: { workload: { type: 'string', value: 's' } },
  past: { workload: { type: 'string', value: 'p' } },
  fresh: { workload: { type: 'string', value: 'f' } },
} as const;

/** Sources whose one server answers by a function. */
function answering(
  answer: (request: MetricRequest) => Promise<Partial<MetricReading>>,
): MetricSourceLookup & { readonly asked: MetricRequest[] } {
  const asked: MetricRequest[] = [];
  const source: MetricSource = {
    escape: ({ value }) => String(value),
    query: async request => {
      asked.push(request);
      return { warnings: [], ...(await answer(request)) };
    },
  };
  return { asked, get: () => source };
}

const { signal } = new AbortController();

describe('measure', () => {
  it('asks for both arms over the same window', async () => {
    const sources = answering(async ({ query }) => ({
      value: query.length,
      at: NOW - 1,
    }));
    const reading = await measure({
      run,
      metric,
      now: NOW,
      arms,
      sources,
      signal,
    });

    expect(sources.asked.map(request => request.query).sort()).toEqual([
      'errors c 60000',
      'errors s 60000',
      'requests c',
      'requests s',
    ]);
    for (const request of sources.asked) {
      expect(request.window).toEqual({ from: 940_000, to: NOW });
    }
    expect(reading).toEqual({
      metric: 'error-rate',
      at: NOW,
      window: { from: 940_000, to: NOW },
      canary: 14,
      stable: 14,
      canarySample: 10,
      stableSample: 10,
      canaryAt: NOW - 1,
      stableAt: NOW - 1,
      query: 'errors c 60000',
      warnings: [],
    });
  });

  it('ends the window where other rollouts end theirs, however late it looks', async () => {
    const sources = answering(async () => ({ value: 1 }));
    const lagging = { ...metric, lagMs: 500 };
    const common = { run, arms, sources, signal };
    const late = await measure({ ...common, metric, now: NOW + 999 });
    expect(late.window).toEqual({ from: 940_000, to: NOW });
    expect(late.at).toBe(NOW + 999);
    const lags = await measure({
      ...common,
      metric: lagging,
      now: NOW + 1_400,
    });
    expect(lags.window).toEqual({ from: 940_000, to: NOW });
  });

  it('asks a fresh baseline in place of the stable', async () => {
    const sources = answering(async () => ({ value: 1 }));
    const fresh = { ...metric, baseline: 'fresh' as const };
    const common = { run, now: NOW, sources, signal, metric: fresh };
    await measure({ ...common, arms });
    expect(sources.asked.map(({ query }) => query)).toEqual([
      'errors c 60000',
      'requests c',
      'errors f 60000',
      'requests f',
    ]);
    const { canary, stable } = arms;
    const reading = await measure({ ...common, arms: { canary, stable } });
    expect(reading.stable).toBeUndefined();
    expect(reading.warnings.join()).toContain('not known here');
  });

  describe('against the same window earlier', () => {
    const HOUR = 3_600_000;
    const late = 100 * HOUR;
    const past = { ...metric, baseline: { offsetMs: 24 * HOUR } };
    const ask = (canLookBack: boolean) => {
      const sources = answering(async ({ window }) => ({
        value: window.to,
        at: window.to - 1,
      }));
      const source = { ...sources.get('main'), canLookBack };
      const reading = measureAll(
        [{ run: { ...run, windowFrom: late - 60_000 }, metric: past }],
        { now: late, arms, sources: { get: () => source }, signal },
      );
      return { reading, asked: sources.asked };
    };

    it('asks for the whole workload in the window so long before', async () => {
      const { reading, asked } = ask(true);
      const [answer] = await reading;
      expect(answer).toMatchObject({
        window: { from: late - 60_000, to: late },
        stableWindow: { from: 76 * HOUR - 60_000, to: 76 * HOUR },
        canary: late,
        stable: 76 * HOUR,
        stableSample: 76 * HOUR,
        stableAt: 76 * HOUR - 1,
      });
      expect(asked.map(({ query, window }) => [query, window.to])).toEqual([
        ['errors c 60000', late],
        ['requests c', late],
        ['errors p 60000', 76 * HOUR],
        ['requests p', 76 * HOUR],
      ]);
    });

    it('asks a source that tells only of now nothing about the past', async () => {
      const { reading, asked } = ask(false);
      const [answer] = await reading;
      expect(answer.canary).toBe(late);
      expect(answer.stableError).toMatch(/source "main" tells only of now/);
      expect(asked).toHaveLength(2);
    });
  });

  it.each([
    ['the run began lately', { windowFrom: 990_000 }, 990_000],
    ['the run is old', { windowFrom: 0 }, 850_000],
  ])('opens the window where %s', async (_, change, from) => {
    const { window } = await measure({
      run: { ...run, ...change },
      metric,
      now: NOW,
      arms,
      sources: answering(async () => ({})),
      signal,
    });
    expect(window).toEqual({ from, to: NOW });
  });

  it('ends the window before what the server cannot know yet', async () => {
    const sources = answering(async () => ({ value: 1 }));
    const late = { ...metric, lagMs: 15_000 };
    const common = { run, now: NOW, arms, sources, signal };
    const { window } = await measure({ ...common, metric: late });
    expect(window).toEqual({ from: 940_000, to: NOW - 15_000 });
    expect(sources.asked[0].window).toEqual(window);

    const old = { ...run, windowFrom: 0 };
    const grown = await measure({ ...common, run: old, metric: late });
    expect(grown.window).toEqual({ from: 835_000, to: NOW - 15_000 });
  });

  it('leaves out what fresh pods do while they warm up', async () => {
    const sources = answering(async () => ({ value: 1 }));
    const warm = { ...metric, warmUpMs: 20_500 };
    const common = { now: NOW, arms, sources, signal, metric: warm };
    const first = await measure({ ...common, run });
    expect(first.window).toEqual({ from: 961_000, to: NOW });
    const since = await measure({ ...common, run, since: 970_000 });
    expect(since.window).toEqual({ from: 970_000, to: NOW });
    const cold = { ...run, windowFrom: 990_000 };
    const none = await measure({ ...common, run: cold });
    expect(none).not.toHaveProperty('canary');
    expect(sources.asked.every(one => one.window.from >= 961_000)).toBe(true);
  });

  it('asks nothing before the window has begun', async () => {
    const sources = answering(async () => ({ value: 1 }));
    const later = { ...run, windowFrom: NOW };
    const reading = await measure({
      run: later,
      metric,
      now: NOW,
      arms,
      sources,
      signal,
    });
    expect(sources.asked).toEqual([]);
    expect(reading.canary).toBeUndefined();
  });

  it.each([
    ['errors c', { error: 'it broke' }],
    ['requests c', { error: 'it broke' }],
    ['errors s', { stableError: 'it broke' }],
    ['requests s', { stableError: 'it broke' }],
  ])('tells whose question failed: %s', async (broken, want) => {
    const sources = answering(async ({ query }) => {
      if (query.startsWith(broken)) throw new MetricSourceError('it broke');
      return { value: 1 };
    });
    const { error, stableError } = await measure({
      run,
      metric,
      now: NOW,
      arms,
      sources,
      signal,
    });
    expect({ error, stableError }).toEqual({
      error: undefined,
      stableError: undefined,
      ...want,
    });
  });

  it('has no data for what cannot be attributed to an arm', async () => {
    const sources = answering(async () => ({ value: 1 }));
    const reading = await measure({
      run,
      metric: { ...metric, query: 'x {{ podTemplateHash }}' },
      now: NOW,
      arms,
      sources,
      signal,
    });
    expect(reading.canary).toBeUndefined();
    expect(reading.error).toBeUndefined();
    expect(reading.warnings.join()).toContain('podTemplateHash');
  });

  it('takes a source that is gone as a failure', async () => {
    const reading = await measure({
      run,
      metric,
      now: NOW,
      arms,
      sources: {
        get: () => {
          throw new Error('There is no metrics source "main"');
        },
      },
      signal,
    });
    expect(reading.error).toBe('There is no metrics source "main"');
  });
});

describe('measureAll', () => {
  it('asks the same question once, and never more than four at a time', async () => {
    let running = 0;
    let most = 0;
    const sources = answering(async () => {
      running++;
      most = Math.max(most, running);
      await new Promise(resolve => setImmediate(resolve));
      running--;
      return { value: 1 };
    });
    const due = Array.from({ length: 6 }, (_, index) => ({
      run,
      metric: { ...metric, query: `metric ${index} {{ workload }}` },
    }));
    const readings = await measureAll(due, { now: NOW, arms, sources, signal });

    expect(readings.map(reading => reading.query)).toEqual(
      due.map((_, index) => `metric ${index} c`),
    );
    // Six metrics of two arms, and one sample question an arm for all of them.
    expect(sources.asked).toHaveLength(14);
    expect(most).toBe(4);
  });

  it('lets a shared failure fail everybody who asked', async () => {
    const sources = answering(async ({ query }) => {
      if (query === 'requests c') throw new MetricSourceError('it broke');
      return { value: 1 };
    });
    const readings = await measureAll(
      [
        { run, metric },
        { run, metric },
      ],
      {
        now: NOW,
        arms,
        sources,
        signal,
      },
    );
    expect(readings.map(({ error }) => error)).toEqual([
      'it broke',
      'it broke',
    ]);
  });
});

describe('measure of metrics that count', () => {
  const { query: _query, sampleQuery: _sampleQuery, ...base } = metric as any;
  const ratio: MetricDefinition = {
    ...base,
    kind: 'ratio',
    events: 'bad {{ workload }} {{ window }}',
    total: 'all {{ workload }}',
  };
  const latency: MetricDefinition = {
    ...base,
    kind: 'latency',
    unit: 'ms',
    buckets: 'buckets {{ workload }}',
    boundScale: 1000,
  };

  /** Numbers by the query's first words; buckets by bound. */
  function counting(
    numbers: Record<string, number | undefined>,
    buckets: Record<string, Record<string, number> | undefined> = {},
  ): MetricSourceLookup & { readonly windows: unknown[] } {
    const windows: unknown[] = [];
    const source: MetricSource = {
      escape: ({ value }) => String(value),
      query: async ({ query, window }) => {
        windows.push(window);
        const value = numbers[query.split(' ').slice(0, 2).join(' ')];
        return { value, warnings: [] };
      },
      queryBuckets: async ({ query }): Promise<MetricBuckets> => ({
        buckets: Object.entries(buckets[query] ?? {}).map(([le, count]) => ({
          bound: le === '+Inf' ? Infinity : Number(le),
          count,
        })),
        at: NOW - 5,
        warnings: [],
      }),
    };
    return { windows, get: () => source };
  }

  const read = (
    definition: MetricDefinition,
    sources: MetricSourceLookup,
    since?: number,
  ) =>
    measure({
      run,
      metric: definition,
      since,
      now: NOW,
      arms,
      sources,
      signal,
    });

  it('counts events of requests in both arms over one window, and shows percent', async () => {
    const sources = counting({
      'bad c': 3,
      'all c': 200,
      'bad s': 9,
      'all s': 1800,
    });
    expect(await read(ratio, sources)).toEqual({
      metric: 'error-rate',
      at: NOW,
      window: { from: 940_000, to: NOW },
      canary: 1.5,
      stable: 0.5,
      canarySample: 200,
      stableSample: 1800,
      counts: {
        canary: { requests: 200, events: [3] },
        stable: { requests: 1800, events: [9] },
      },
      query: 'bad c 60000',
      warnings: [],
    });
    expect(new Set(sources.windows.map(one => JSON.stringify(one))).size).toBe(
      1,
    );
  });

  it('begins where the last window ended', async () => {
    const { window } = await read(ratio, counting({}), 985_000);
    expect(window).toEqual({ from: 985_000, to: NOW });
  });

  it('never begins before the weight stood, however long ago the last look was', async () => {
    const { window } = await read(ratio, counting({}), 900_000);
    expect(window).toEqual({ from: 940_000, to: NOW });
  });

  it('keeps what is no count as it came, for the judge to refuse', async () => {
    const sources = counting({
      'bad c': NaN,
      'all c': 10,
      'bad s': -4,
      'all s': 20.4,
    });
    expect((await read(ratio, sources)).counts).toEqual({
      canary: { requests: 10, events: [NaN] },
      stable: { requests: 20.4, events: [-4] },
    });
  });

  it('has no percent of no requests', async () => {
    const sources = counting({ 'bad c': 0, 'all c': 0 });
    const { canary, canarySample, counts } = await read(ratio, sources);
    expect({ canary, canarySample, counts }).toEqual({
      canarySample: 0,
      counts: { canary: { requests: 0, events: [0] } },
    });
  });

  it('takes no answer for no count, and says what to do', async () => {
    const sources = counting({ 'all c': 200, 'bad s': 1, 'all s': 1800 });
    const { counts, canary, warnings } = await read(ratio, sources);
    expect(canary).toBeUndefined();
    expect(counts).toEqual({ stable: { requests: 1800, events: [1] } });
    expect(warnings).toEqual([
      'the query of events answered with nothing; where that means none, make it answer 0',
    ]);
  });

  it('counts the requests slower than each bound, and shows the 95th percentile', async () => {
    const sources = counting(
      {},
      {
        'buckets c': { '+Inf': 100, '0.1': 100, '0.05': 90, '0.01': 10 },
        'buckets s': { '0.01': 60, '0.05': 190, '0.1': 200, '+Inf': 200 },
      },
    );
    expect(await read(latency, sources)).toMatchObject({
      canary: 75,
      stable: 50,
      canarySample: 100,
      stableSample: 200,
      canaryAt: NOW - 5,
      counts: {
        bounds: [10, 50, 100],
        canary: { requests: 100, events: [90, 10, 0] },
        stable: { requests: 200, events: [140, 10, 0] },
      },
      query: 'buckets c',
    });
  });

  it('compares the bounds that both versions have', async () => {
    const sources = counting(
      {},
      {
        'buckets c': { '0.05': 9, '0.1': 10, '+Inf': 10 },
        'buckets s': { '0.05': 8, '0.2': 10, '+Inf': 10 },
      },
    );
    expect((await read(latency, sources)).counts).toEqual({
      bounds: [50],
      canary: { requests: 10, events: [1] },
      stable: { requests: 10, events: [2] },
    });
  });

  it.each([
    ['without +Inf', { '0.05': 9 }, 'the buckets lack +Inf'],
    ['of +Inf alone', { '+Inf': 9 }, 'the only bucket is +Inf'],
  ])('has no counts of a histogram %s', async (_, found, want) => {
    const sources = counting({}, { 'buckets c': found });
    const { counts, warnings } = await read(latency, sources);
    expect(counts).toEqual({});
    expect(warnings).toEqual([expect.stringContaining(want)]);
  });

  it('says so where the source cannot answer by bucket', async () => {
    const reading = await read(
      latency,
      answering(async () => ({ value: 1 })),
    );
    expect(reading.error).toMatch(/cannot answer by bucket/);
    expect(reading.counts).toEqual({});
  });

  it('asks for the buckets of several runs once', async () => {
    let asked = 0;
    const sources: MetricSourceLookup = {
      get: () => ({
        escape: ({ value }) => String(value),
        query: async () => ({ warnings: [] }),
        queryBuckets: async () => {
          asked++;
          return { buckets: [], warnings: [] };
        },
      }),
    };
    const due = { run, metric: latency };
    await measureAll([due, due], { now: NOW, arms, sources, signal });
    expect(asked).toBe(2); // One for each arm.
  });
});
