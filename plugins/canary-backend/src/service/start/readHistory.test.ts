import {
  Measurement,
  MetricDefinition,
  Plan,
} from 'backstage-plugin-canary-common';
import { LatestQuery, StoredRollout } from '../../store';
import { readHistory } from './readHistory';

const target = {
  cluster: 'eu',
  namespace: 'shop',
  kind: 'Deployment',
  name: 'checkout',
} as const;

const errors = {
  kind: 'ratio',
  name: 'errors',
  source: 'main',
  events: 'bad',
  total: 'all',
} as Partial<MetricDefinition> as MetricDefinition;

const planOf = (metric: MetricDefinition, more: Partial<Plan> = {}) =>
  ({ metrics: { errors: metric }, ...more } as Partial<Plan> as Plan);

const plan = planOf(errors);

/** A measurement of the window that begins at this minute and counts so many bad requests. */
function measurement(minute: number, bad: number, scope = 'background') {
  const at = (later: number) =>
    new Date(Date.UTC(2026, 10, 23, 0, minute + later)).toISOString();
  return {
    metric: 'errors',
    scope,
    at: at(1),
    window: { from: at(0), to: at(1) },
    counts: {
      canary: { requests: 100, events: [bad] },
      stable: { requests: 900, events: [bad] },
    },
  } as Partial<Measurement> as Measurement;
}

interface Past {
  readonly id: string;
  readonly measurements: readonly Measurement[];
  readonly plan?: Plan;
}

/** A store of these rollouts, the newest first. */
function storeOf(...rollouts: readonly Past[]) {
  const stored = rollouts.map(
    ({ id, plan: followed = plan }) =>
      ({ state: { id, plan: followed } } as unknown as StoredRollout),
  );
  return {
    latest: async ({ observed, limit }: LatestQuery) =>
      stored
        .filter(({ state }) => !observed || state.plan.observeOnly)
        .slice(0, limit),
    measurements: async (wanted: string) => ({
      items: [...rollouts.find(({ id }) => id === wanted)!.measurements],
    }),
  };
}

const observe = planOf(errors, { observeOnly: true });

const read = (...past: readonly Past[]) =>
  readHistory(storeOf(...past), target, plan);

describe('readExperience', () => {
  it('finds what was counted last, each window once', async () => {
    const twice = [measurement(0, 1), measurement(0, 1, 'gate')];
    const { errors: found } = await read(
      { id: 'new', measurements: [...twice, measurement(1, 2)] },
      { id: 'old', measurements: [measurement(0, 9)] },
    );
    expect(found.latest?.at).toBe('2026-11-23T00:02:00.000Z');
    expect(
      found.latest?.windows.map(({ counts, durationMs }) => [
        counts.canary?.events[0],
        durationMs,
      ]),
    ).toEqual([
      [1, 60_000],
      [2, 60_000],
    ]);
    expect(found.observed).toBeUndefined();
  });

  it('learns from rollouts that only observed, and names the latest', async () => {
    const { errors: found } = await read(
      { id: 'b', plan: observe, measurements: [measurement(0, 1)] },
      { id: 'a', plan: observe, measurements: [measurement(0, 2)] },
    );
    expect(found.observed?.rolloutId).toBe('b');
    expect(
      found.observed?.windows.map(({ counts }) => counts.canary?.events[0]),
    ).toEqual([1, 2]);
  });

  it('passes over a rollout that counted nothing', async () => {
    const { errors: found } = await read(
      { id: 'crashed', measurements: [] },
      { id: 'old', measurements: [measurement(0, 4)] },
    );
    expect(found.latest?.windows).toHaveLength(1);
  });

  it.each<[string, Partial<Past>]>([
    [
      'another query',
      { plan: planOf({ ...errors, events: 'other' } as MetricDefinition) },
    ],
    ['another source', { plan: planOf({ ...errors, source: 'other' }) }],
  ])('learns nothing from %s', async (_, change) => {
    const { errors: found } = await read({
      id: 'other',
      measurements: [measurement(0, 1)],
      ...change,
    });
    expect(found).toEqual({});
  });

  it('asks nothing for a plan without counts', async () => {
    const value = {
      ...errors,
      kind: 'value',
      query: 'q',
    } as unknown as MetricDefinition;
    const latest = jest.fn();
    expect(
      await readHistory(
        { latest, measurements: jest.fn() },
        target,
        planOf(value),
      ),
    ).toEqual({});
    expect(latest).not.toHaveBeenCalled();
  });
});
