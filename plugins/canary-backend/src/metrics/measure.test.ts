import { MetricDefinition } from 'backstage-plugin-canary-common';
import {
  MetricReading,
  MetricRequest,
  MetricSource,
  MetricSourceError,
} from 'backstage-plugin-canary-node';
import { openRun } from '../model';
import { measure, measureAll } from './measure';
import { MetricSourceLookup } from './MetricSources';

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
