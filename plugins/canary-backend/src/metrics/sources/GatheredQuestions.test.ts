import { mockServices } from '@backstage/backend-test-utils';
import { MetricDefinition } from 'backstage-plugin-canary-common';
import {
  MetricGroupRequest,
  MetricReading,
  MetricRequest,
  MetricSource,
  MetricSourceError,
} from 'backstage-plugin-canary-node';
import { GatheredQuestions } from './GatheredQuestions';
import { measureAll } from '../reading/measure';

const NOW = 1_000_000;

const metric: MetricDefinition = {
  name: 'errors',
  title: 'Errors',
  source: 'main',
  kind: 'ratio',
  events: 'errors {{ workload }} {{ window }}',
  total: 'requests {{ workload }}',
  unit: 'percent',
  minimumSample: 10,
  judge: { kind: 'sequential', params: {} },
  failureLimit: 0,
  inconclusiveLimit: 0,
};

const run = { windowFrom: 940_000, windowMs: 60_000, intervalMs: 60_000 };

/** A server that knows the length of a workload's name, and what it was asked. */
function server(
  answerGroup: (
    names: readonly string[],
  ) => Promise<readonly (MetricReading | undefined)[]> = async names =>
    names.map(reading),
) {
  const alone: MetricRequest[] = [];
  const groups: (MetricGroupRequest & { template: string })[] = [];
  const source: MetricSource = {
    escape: ({ value }) => String(value),
    query: async request => {
      alone.push(request);
      return reading(request.query.split(' ')[1]);
    },
    group: template =>
      template.startsWith('errors')
        ? {
            query: async request => {
              groups.push({ ...request, template });
              return answerGroup(
                request.each.map(({ workload }) => String(workload!.value)),
              );
            },
          }
        : undefined,
  };
  return { alone, groups, source };
}

function reading(name: string): MetricReading {
  return { value: name.length, warnings: [] };
}

/** Timers that end when the test says so. */
function gathering(now = () => NOW) {
  let pending: (() => void)[] = [];
  const logger = mockServices.logger.mock();
  const gathered = new GatheredQuestions({
    logger,
    clock: { now, sleep: () => new Promise(wake => pending.push(wake)) },
  });
  const end = async () => {
    // Everybody has asked by then, and whoever asks again is let through too.
    await new Promise(resolve => setImmediate(resolve));
    const due = pending;
    pending = [];
    due.forEach(callback => callback());
    await new Promise(resolve => setImmediate(resolve));
  };
  return { gathered, logger, end };
}

function look(
  name: string,
  {
    source,
    gathered,
    signal = new AbortController().signal,
    now = NOW,
  }: {
    source: MetricSource;
    gathered: GatheredQuestions;
    signal?: AbortSignal;
    now?: number;
  },
) {
  const text = (value: string) => ({ type: 'string', value } as const);
  const arms = {
    canary: { workload: text(`${name}-canary`) },
    stable: { workload: text(name) },
  };
  const sources = { get: () => source };
  const moved = {
    ...run,
    windowFrom: Math.floor(now / 5_000) * 5_000 - 60_000,
  };
  return measureAll([{ run: moved, metric }], {
    now,
    arms,
    sources,
    gathered,
    signal,
  }).then(([one]) => one);
}

describe('rollouts that look at the same time', () => {
  it('are one question to the server, and each gets its own answer', async () => {
    const { source, groups, alone } = server();
    const { gathered, end } = gathering();
    const names = ['cart', 'checkout', 'search'];
    const looks = names.map((name, late) =>
      look(name, { source, gathered, now: NOW + late * 100 }),
    );
    await end();
    const readings = await Promise.all(looks);

    expect(groups).toHaveLength(1);
    expect(groups[0]).toMatchObject({
      template: 'errors {{ workload }} 60000',
      window: { from: 940_000, to: NOW },
    });
    expect(groups[0].each).toHaveLength(6);
    readings.forEach(({ counts, query }, index) => {
      const name = names[index];
      expect(counts?.canary?.events).toEqual([`${name}-canary`.length]);
      expect(counts?.stable?.events).toEqual([name.length]);
      // As somebody would paste it.
      expect(query).toBe(`errors ${name}-canary 60000`);
    });
    // What the server cannot group is asked for each.
    expect(alone.map(({ query }) => query.split(' ')[0])).toEqual(
      Array(6).fill('requests'),
    );
  });

  it('ask the same thing once, and apart for another window', async () => {
    const { source, groups } = server();
    const { gathered, end } = gathering();
    const common = { source, gathered };
    const looks = [
      look('cart', common),
      look('cart', common),
      look('cart', { ...common, now: NOW + 5_000 }),
    ];
    await end();
    await Promise.all(looks);
    expect(groups.map(({ each }) => each.length)).toEqual([2, 2]);
  });

  it('fill no request beyond its limit', async () => {
    const { source, groups } = server();
    const { gathered, end } = gathering();
    const looks = Array.from({ length: 120 }, (_, index) =>
      look(`service-${index}`, { source, gathered }),
    );
    await end();
    await Promise.all(looks);
    expect(groups.map(({ each }) => each.length)).toEqual([100, 100, 40]);
  });

  it('are asked alone where the answer cannot be told from others', async () => {
    const { source, alone } = server(async names =>
      names.map(name => (name === 'cart' ? undefined : reading(name))),
    );
    const { gathered, end } = gathering();
    const asked = look('cart', { source, gathered });
    await end();
    const { counts } = await asked;
    expect(counts?.stable?.events).toEqual([4]);
    expect(alone.map(({ query }) => query)).toContain('errors cart 60000');
  });

  it('are asked alone when the server refuses, for a while', async () => {
    let now = NOW;
    const refusing = server(async () => {
      throw new Error('too long');
    });
    const { source, groups, alone } = refusing;
    const { gathered, end, logger } = gathering(() => now);
    const lookOnce = async () => {
      const asked = look('cart', { source, gathered });
      await end();
      expect((await asked).counts?.canary?.events).toEqual([11]);
    };
    await lookOnce();
    expect(groups).toHaveLength(1);
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('too long'),
    );
    now += 9 * 60_000;
    await lookOnce();
    expect(groups).toHaveLength(1);
    now += 2 * 60_000;
    await lookOnce();
    expect(groups).toHaveLength(2);
    expect(
      alone.filter(({ query }) => query.startsWith('errors')),
    ).toHaveLength(6);
  });

  it('do not all ask again a server that is not to be reached', async () => {
    const { source, groups, alone } = server(async () => {
      throw new MetricSourceError('is left alone for 30 s', true);
    });
    const { gathered, end, logger } = gathering();
    const asked = look('cart', { source, gathered });
    await end();
    const { error, stableError } = await asked;
    expect([error, stableError]).toEqual(
      Array(2).fill('is left alone for 30 s'),
    );
    expect(alone.filter(({ query }) => query.startsWith('errors'))).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
    const later = look('cart', { source, gathered });
    await end();
    await later;
    expect(groups).toHaveLength(2);
  });

  it('do not wait for each other: who gives up is let go', async () => {
    const { source } = server(() => new Promise(() => {}));
    const { gathered, end } = gathering();
    const one = new AbortController();
    const asked = look('cart', { source, gathered, signal: one.signal });
    await end();
    one.abort(new Error('the tick ended'));
    expect((await asked).error).toBe('the tick ended');
  });
});
