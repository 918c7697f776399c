import {
  Measurement,
  MetricDefinition,
  Plan,
  RolloutEvent,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { observeAnalyses } from '../../../engines/ephemeral-canary/observeAnalyses';
import { Reading, RolloutState } from '../../../rollout';
import {
  closeAnalysis,
  moveWindows,
  openAnalysis,
} from '../../../state-machine/analysisRuns/analysisRuns';
import { Draft, event, unchanged } from '../../../state-machine/draft';
import { rolloutFixture } from '../../../store/testing/rolloutFixture';
import { builtInJudges } from '../../judges';
import { seededRandom } from '../../testing/random';

/** Between two ticks. */
const TICK = 10_000;
const TICKS = 60;
const WEIGHTS = [5, 10, 20, 50];
const BOUNDS = [50, 100, 250];

/** What a rollout left behind, and the live state that it ended with. */
export interface Played {
  readonly state: RolloutState;
  readonly measurements: readonly Measurement[];
  readonly events: readonly RolloutEvent[];
}

/**
 * A rollout as the controller plays it: looks of the real observation, runs that
 * open, move with the weight, close and open again, windows that are missing,
 * partial, late or nonsense. What is returned went through JSON, as by a store.
 */
export async function playRollout(seed: number, plan: Plan): Promise<Played> {
  const random = seededRandom(seed);
  const chance = (share: number) => random() < share;
  let state: RolloutState = { ...rolloutFixture('r1'), plan, analyses: [] };
  const measurements: Measurement[] = [];
  const events: RolloutEvent[] = [];
  const names = Object.keys(plan.metrics);
  let weight = WEIGHTS[0];

  const change = (decide: (before: Draft) => Draft) => {
    const after = decide(unchanged(state));
    state = after.next;
    for (const { at, ...one } of after.events) {
      events.push({
        ...one,
        at: new Date(at).toISOString(),
        rolloutId: 'r1',
        sequence: events.length + 1,
        actor: 'system',
        hash: '',
      } as RolloutEvent);
    }
  };
  const open = (scope: string, now: number) =>
    change(before =>
      openAnalysis(
        before,
        {
          scope,
          metrics: names.filter(() => chance(0.8)),
          startedAt: now,
          windowFrom: now + 1000,
          weight,
          intervalMs: chance(0.5) ? TICK : 2 * TICK,
          windowMs: 5 * TICK,
        },
        now,
      ),
    );

  const move = (kind: 'ExposureChanged' | 'ControllerGap', now: number) =>
    change(({ next, events: before }) =>
      moveWindows(
        { next, events: [...before, event(kind, now, 'moves', {})] },
        now + 1000,
        weight,
      ),
    );

  for (let tick = 1; tick <= TICKS; tick++) {
    const now = tick * TICK;
    const observed = await observeAnalyses({
      rollout: state,
      now,
      judges: builtInJudges(),
      measure: async due =>
        due.map(({ run, metric, since = run.windowFrom }) =>
          readingOf(metric, {
            from: Math.max(run.windowFrom, since, now - run.windowMs),
            to: now,
          }),
        ),
    });
    measurements.push(...observed.measurements);
    const { analyses, judgeMemories = state.judgeMemories } = observed;
    state = { ...state, analyses, judgeMemories };

    const decided = now + 5;
    if (tick === 1) open('background', decided);
    if (chance(0.15)) open('step-1', decided);
    if (chance(0.1)) open('gate', decided);
    if (chance(0.08)) {
      change(before => closeAnalysis(before, 'step-1', decided, 'it is over.'));
    }
    if (chance(0.05)) {
      change(before => closeAnalysis(before, 'gate', decided, 'it is over.'));
    }
    const shifts = tick % 15 === 0;
    if (shifts || chance(0.03)) {
      weight = shifts ? WEIGHTS[tick / 15] ?? weight : weight;
      move(shifts ? 'ExposureChanged' : 'ControllerGap', decided);
    }
  }
  return JSON.parse(JSON.stringify({ state, measurements, events }));

  function readingOf(
    metric: MetricDefinition,
    window: Reading['window'],
  ): Reading {
    const common = {
      metric: metric.name,
      at: window.to,
      window: window.to > window.from ? window : { ...window, from: window.to },
      query: 'q',
      warnings: chance(0.1) ? ['a warning', 'and another'] : [],
    };
    if (!(window.to > window.from)) return common;
    if (chance(0.03)) return common;
    if (chance(0.05)) return { ...common, error: 'the server is away' };
    const values = {
      canary: chance(0.04) ? NaN : 0.5 + random(),
      stable: chance(0.95) ? 0.5 + random() : undefined,
      stableError: chance(0.03) ? 'no answer' : undefined,
      canaryAt: chance(0.05) ? window.from - 1 : undefined,
      ...(chance(0.9) && {
        canarySample: Math.floor(random() * 200),
        stableSample: Math.floor(random() * 2000),
      }),
    };
    if (metric.kind === 'value') return { ...common, ...values };
    const bounds = metric.kind === 'latency' ? BOUNDS : undefined;
    return { ...common, ...values, counts: countsOf(bounds) };
  }

  function countsOf(bounds: readonly number[] | undefined): WindowCounts {
    const arm = (scale: number) => {
      const requests = chance(0.05) ? 0 : scale * (1 + random());
      let slower = requests * 0.3 * random();
      const bad = (bounds ?? [0]).map(() => (slower *= random()));
      return {
        requests: chance(0.03) ? NaN : requests,
        events: chance(0.02) ? bad.map(one => -one) : bad,
      };
    };
    return {
      bounds,
      canary: chance(0.95) ? arm(20 * weight) : undefined,
      stable: chance(0.95) ? arm(2000 - 20 * weight) : undefined,
      interrupted: chance(0.05) || undefined,
    };
  }
}
