import {
  MetricDefinition,
  RatioMetric,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { MetricSourceError } from 'backstage-plugin-canary-node';
import { builtInJudges } from '../../analysis';
import { poisson, seededRandom } from '../../analysis/testing/random';
import { measureAll } from '../../metrics';
import { AnalysisRun, moveWindow, openRun, RolloutState } from '../../rollout';
import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { observeAnalyses } from './observeAnalyses';

const INTERVAL = 10_000;

function ratio(name: string, change: Partial<RatioMetric> = {}): RatioMetric {
  return {
    name,
    title: name,
    kind: 'ratio',
    source: 'main',
    events: `bad ${name} {{ workload }}`,
    total: `all ${name} {{ workload }}`,
    unit: 'percent',
    minimumSample: 100,
    judge: { kind: 'sequential', params: sequentialDefaults() },
    failureLimit: 0,
    inconclusiveLimit: 0,
    ...change,
  };
}

function sequentialDefaults() {
  const judge = builtInJudges().get('sequential');
  return judge.params.parse({});
}

const open = (scope: string, from = 0, metrics = ['errors']): AnalysisRun =>
  openRun({
    scope,
    metrics,
    startedAt: from,
    windowFrom: from,
    weight: 5,
    intervalMs: INTERVAL,
    windowMs: 5 * INTERVAL,
  });

function rolloutOf(
  analyses: readonly AnalysisRun[],
  metrics: readonly MetricDefinition[] = [ratio('errors')],
): RolloutState {
  const rollout = rolloutFixture('r1', { analyses });
  const byName = Object.fromEntries(metrics.map(one => [one.name, one]));
  return { ...rollout, plan: { ...rollout.plan, metrics: byName } };
}

const HEALTHY: WindowCounts = {
  canary: { requests: 200, events: [2] },
  stable: { requests: 3800, events: [38] },
};

/** What the server answers in a window; `undefined` is no answer, a text a failure. */
type Answered = (metric: string, from: number, to: number) => WindowCounts;

/** One tick of the rollout, and what was seen. */
async function look(
  rollout: RolloutState,
  now: number,
  answer: Answered = () => HEALTHY,
) {
  const observed = await observeAnalyses({
    rollout,
    now,
    judges: builtInJudges(),
    measure: due =>
      measureAll(due, {
        now,
        arms: {
          canary: { workload: { type: 'string', value: 'canary' } },
          stable: { workload: { type: 'string', value: 'stable' } },
        },
        sources: {
          get: () => ({
            escape: ({ value }) => String(value),
            query: async ({ query, window }) => {
              const [what, metric, arm] = query.split(' ');
              const counts = answer(metric, window.from, window.to);
              const found = counts[arm as 'canary' | 'stable'];
              const value = what === 'all' ? found?.requests : found?.events[0];
              return { value, warnings: [] };
            },
          }),
        },
        signal: new AbortController().signal,
      }),
  });
  const { analyses, judgeMemories = rollout.judgeMemories } = observed;
  return { ...observed, next: { ...rollout, analyses, judgeMemories } };
}

describe('a metric judged over the whole rollout', () => {
  it('is looked at once for all runs, and no request counts twice', async () => {
    const rollout = rolloutOf([open('background'), open('step-1')]);
    const { measurements, judgeMemories } = await look(rollout, INTERVAL);
    expect(measurements.map(({ scope }) => scope)).toEqual([
      'background',
      'step-1',
    ]);
    const [background, step] = measurements;
    expect(step).toEqual({ ...background, scope: 'step-1' });
    expect(step).toMatchObject({
      verdict: 'Pass',
      evidence: { looks: 1, requests: { canary: 200, stable: 3800 } },
    });
    expect(judgeMemories!.errors).toMatchObject({
      until: INTERVAL,
      requests: { canary: 200, stable: 3800 },
    });
  });

  it('goes on where its last window ended, whichever run asks', async () => {
    const first = await look(rolloutOf([open('background')]), INTERVAL);
    const later = {
      ...first.next,
      analyses: [open('gate', INTERVAL)],
    };
    const { measurements } = await look(later, 2 * INTERVAL);
    expect(measurements).toEqual([
      expect.objectContaining({
        scope: 'gate',
        window: {
          from: new Date(INTERVAL).toISOString(),
          to: new Date(2 * INTERVAL).toISOString(),
        },
        evidence: expect.objectContaining({ looks: 2 }),
      }),
    ]);
  });

  it('gives no window to a run that began within it, and the next to both', async () => {
    const step = open('step-1', 5_000);
    const first = await look(
      rolloutOf([open('background'), step]),
      INTERVAL + 1,
    );
    expect(first.measurements.map(({ scope }) => scope)).toEqual([
      'background',
    ]);
    expect(first.analyses[1].metrics[0]).toMatchObject({
      verdict: 'NoData',
      dueAt: 2 * INTERVAL + 1,
    });
    const second = await look(first.next, 2 * INTERVAL + 1);
    expect(second.measurements.map(({ scope }) => scope)).toEqual([
      'background',
      'step-1',
    ]);
  });

  it('passes a run only on requests of its own', async () => {
    const metric = ratio('errors', { minimumSample: 300 });
    let { next } = await look(
      rolloutOf([open('background')], [metric]),
      10_000,
    );
    ({ next } = await look(next, 20_000));
    expect(next.analyses[0].metrics[0].verdict).toBe('Pass');

    const gate = { ...next, analyses: [open('gate', 20_000)] };
    const first = await look(gate, 30_000);
    expect(first.conclusions[0]).toMatchObject({
      verdict: 'NoData',
      rule: '200 of 300 requests for the canary',
      growing: true,
    });
    const second = await look(first.next, 40_000);
    expect(second.conclusions[0].verdict).toBe('Pass');
  });

  it('loses nothing to a source that fails for a while', async () => {
    const rollout = rolloutOf([open('background')]);
    const failing = await look(rollout, INTERVAL, () => {
      throw new MetricSourceError('away');
    });
    expect(failing.measurements[0]).toMatchObject({
      verdict: 'Error',
      message: 'away',
    });
    const windows: number[][] = [];
    await look(failing.next, 3 * INTERVAL, (_, from, to) => {
      windows.push([from, to]);
      return HEALTHY;
    });
    expect(windows[0]).toEqual([0, 3 * INTERVAL]);
  });

  it('never reaches back over a change of weight', async () => {
    const { next } = await look(rolloutOf([open('background')]), INTERVAL);
    const moved = next.analyses.map(run => moveWindow(run, 25_000, 25));
    const { measurements } = await look({ ...next, analyses: moved }, 35_000);
    expect(measurements[0]).toMatchObject({
      weight: 25,
      window: { from: new Date(25_000).toISOString() },
      evidence: { looks: 2 },
    });
  });

  it.each<[string, WindowCounts, string, string]>([
    [
      'a counter that fell',
      { ...HEALTHY, stable: { requests: -3000, events: [-4] } },
      'NoData',
      'a counter of the stable fell, so the window is dropped for both versions',
    ],
    [
      'a count that is no number',
      { ...HEALTHY, canary: { requests: NaN, events: [1] } },
      'NoData',
      'a count of the canary is not a finite number',
    ],
    [
      'more events than requests',
      { ...HEALTHY, canary: { requests: 10, events: [12] } },
      'Error',
      '12 events of 10 requests of the canary',
    ],
    [
      'no answer for an arm',
      { stable: HEALTHY.stable },
      'NoData',
      'no counts for the canary',
    ],
    [
      'an arm without requests',
      { ...HEALTHY, canary: { requests: 0, events: [0] } },
      'NoData',
      'no requests reached the canary',
    ],
  ])(
    'drops the window of %s for both arms and goes on after it',
    async (_, counts, verdict, rule) => {
      const rollout = rolloutOf([open('background')]);
      const first = await look(rollout, INTERVAL, () => counts);
      expect(first.measurements[0]).toMatchObject({ verdict, rule });
      const second = await look(first.next, 3 * INTERVAL);
      expect(second.measurements[0]).toMatchObject({
        verdict: 'Pass',
        window: { from: new Date(INTERVAL).toISOString() },
        evidence: { looks: 1, requests: { canary: 200, stable: 3800 } },
      });
    },
  );

  it('counts extrapolated increases in whole numbers', async () => {
    const counts = {
      canary: { requests: 200.4, events: [1.6] },
      stable: { requests: 3799.7, events: [38.2] },
    };
    const { measurements } = await look(
      rolloutOf([open('background')]),
      INTERVAL,
      () => counts,
    );
    expect(measurements[0].evidence!.requests).toEqual({
      canary: 200,
      stable: 3800,
    });
    expect(measurements[0].counts).toEqual(counts);
  });

  it('shares the false-alarm rate with the other metrics of its kind alone', async () => {
    const threshold = ratio('saturation', {
      judge: { kind: 'threshold', params: { max: 5 } },
    });
    const metrics = ['errors', 'timeouts', 'saturation'];
    const { measurements } = await look(
      rolloutOf(
        [open('background', 0, metrics), open('gate', 0, metrics)],
        [ratio('errors'), ratio('timeouts'), threshold],
      ),
      INTERVAL,
    );
    expect(measurements).toHaveLength(6);
    expect(
      new Set(measurements.map(({ evidence }) => evidence?.alpha)),
    ).toEqual(new Set([0.025, undefined]));
  });
});

/** Weights of a plan: the step at each has a run of its own beside the background's. */
const STEPS = [5, 10, 20, 30, 50];
const LOOKS_EACH = 8;
const METRICS = ['errors', 'timeouts', 'aborts'];

/** A whole rollout of identical versions: does any run ever say `Fail`? */
async function isTakenBack(random: () => number): Promise<boolean> {
  let rollout = rolloutOf(
    [],
    METRICS.map(name => ratio(name)),
  );
  let now = 0;
  for (const [index, weight] of [...STEPS, 50].entries()) {
    const scope = index < STEPS.length ? `step-${index}` : 'gate';
    const background = rollout.analyses[0] ?? open('background', now, METRICS);
    rollout = {
      ...rollout,
      analyses: [
        moveWindow(background, now, weight),
        moveWindow(open(scope, now, METRICS), now, weight),
      ],
    };
    for (let n = 0; n < LOOKS_EACH; n++) {
      now += INTERVAL;
      const arm = (share: number) => {
        const events = poisson(1000 * share * 0.01, random);
        return { requests: 1000 * share, events: [events] };
      };
      // Both questions about an arm are about the same requests.
      const counted: Record<string, WindowCounts> = {};
      const seen = await look(rollout, now, metric => {
        counted[metric] ??= {
          canary: arm(weight / 100),
          stable: arm(1 - weight / 100),
        };
        return counted[metric];
      });
      if (seen.conclusions.some(({ verdict }) => verdict === 'Fail')) {
        return true;
      }
      rollout = seen.next;
    }
  }
  return false;
}

it('takes back a healthy rollout of three metrics and seven runs in at most 5 % of cases', async () => {
  const random = seededRandom(4);
  const rollouts = 200;
  let taken = 0;
  for (let n = 0; n < rollouts; n++) if (await isTakenBack(random)) taken++;
  expect(taken / rollouts).toBeLessThanOrEqual(0.05);
}, 180_000);
