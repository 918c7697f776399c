import {
  MetricDefinition,
  Plan,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { MeasuredHistory } from '../../rollout';
import { seededRandom } from '../testing/random';
import { simulateRollout, Traffic } from '../testing/simulateRollout';
import { calibratePlan } from './calibratePlan';
import { estimateDetection } from './estimateDetection';

const base = {
  source: 'main',
  minimumSample: 100,
  failureLimit: 0,
  inconclusiveLimit: 0,
};
const errors: MetricDefinition = {
  ...base,
  kind: 'ratio',
  name: 'errors',
  title: 'Errors',
  unit: 'percent',
  events: 'bad',
  total: 'all',
  judge: { kind: 'sequential', params: {} },
};
const latency: MetricDefinition = {
  ...base,
  kind: 'latency',
  name: 'latency',
  title: 'Latency',
  unit: 'ms',
  buckets: 'buckets',
  boundScale: 1,
  judge: { kind: 'sequential', params: {} },
};
const saturation: MetricDefinition = {
  ...base,
  name: 'saturation',
  title: 'Saturation',
  unit: 'percent',
  query: 'cpu',
  judge: { kind: 'threshold', params: { max: 80 } },
};

function planOf(...metrics: MetricDefinition[]): Plan {
  return {
    metrics: Object.fromEntries(metrics.map(one => [one.name, one])),
    analysis: {
      metrics: metrics.map(({ name }) => name),
      intervalMs: 60_000,
      windowMs: 300_000,
      gateMs: 300_000,
      from: 5,
    },
  } as Partial<Plan> as Plan;
}

const segments = [5, 10, 20, 30, 50].map(weight => ({
  weight,
  durationMs: 720_000,
}));

const minutes = (windows: readonly WindowCounts[]) =>
  windows.map(counts => ({ counts, durationMs: 60_000 }));

function measured(traffic: Traffic) {
  return minutes([...simulateRollout(traffic, seededRandom(7))]);
}

const calm = { requests: 6000, rates: () => [0.01] };
const at = '2026-11-23T00:00:00.000Z';
const of = (traffic: Traffic): MeasuredHistory => ({
  errors: { latest: { at, windows: measured(traffic) } },
});

describe('foresee', () => {
  it('says how soon a regression would be stopped at the traffic of last time', () => {
    const [detectability] = estimateDetection(
      planOf(errors),
      segments,
      of(calm),
    );
    expect(detectability).toMatchObject({
      metric: 'errors',
      title: 'Errors',
      alpha: 0.05,
      dispersion: 1,
      traffic: {
        requestsPerSecond: expect.closeTo(100, 0),
        rate: expect.closeTo(0.01, 3),
        at,
      },
    });
    expect(detectability.detection.map(({ ratio }) => ratio)).toEqual([2, 5]);
    const [twice, five] = detectability.detection.map(
      ({ afterMs }) => afterMs!,
    );
    expect(five).toBeLessThanOrEqual(twice);
    expect(twice).toBeLessThan(15 * 60_000);
  });

  it('shares the false alarms among the metrics judged so, and is later for it', () => {
    const other = { ...errors, name: 'others' };
    const alone = estimateDetection(planOf(errors), segments, of(calm))[0];
    const shared = estimateDetection(
      planOf(errors, other),
      segments,
      of(calm),
    )[0];
    expect(shared.alpha).toBe(0.025);
    expect(shared.detection[0].afterMs).toBeGreaterThanOrEqual(
      alone.detection[0].afterMs!,
    );
  });

  it('leaves open what the plan is too short for', () => {
    const short = [{ weight: 5, durationMs: 60_000 }];
    const [{ detection }] = estimateDetection(
      planOf(errors),
      short,
      of({ ...calm, requests: 60 }),
    );
    expect(detection).toEqual([{ ratio: 2 }, { ratio: 5 }]);
  });

  it.each([
    ['nothing was measured', {}],
    ['no window can be compared', of({ ...calm, requests: 0 })],
  ])('promises nothing where %s', (_, history) => {
    const [detectability] = estimateDetection(
      planOf(errors),
      segments,
      history,
    );
    expect(detectability.traffic).toBeUndefined();
    expect(detectability.detection).toEqual([{ ratio: 2 }, { ratio: 5 }]);
  });

  it.each([
    [undefined, 100],
    [500, 500],
  ])(
    'tells of latency the bound that stands for it (objective %p)',
    (objective, bound) => {
      const windows = measured({
        requests: 6000,
        rates: () => [0.5, 0.06, 0.001],
        bounds: [10, 100, 500],
      });
      const metric = {
        ...latency,
        judge: { kind: 'sequential', params: objective ? { objective } : {} },
      };
      const history = { latency: { latest: { at, windows } } };
      const [{ traffic }] = estimateDetection(
        planOf(metric),
        segments,
        history,
      );
      expect(traffic?.bound).toBe(bound);
    },
  );

  it('has nothing to say of judges without evidence, nor of a plan that only observes', () => {
    expect(estimateDetection(planOf(saturation), segments, {})).toEqual([]);
    const observing = { ...planOf(errors), observeOnly: true as const };
    expect(estimateDetection(observing, segments, of(calm))).toEqual([]);
  });
});

describe('calibratePlan', () => {
  const bursts: MeasuredHistory = {
    errors: {
      observed: { rolloutId: 'aa', windows: measured({ ...calm, burst: 3 }) },
    },
  };
  const phiOf = (plan: Plan) => plan.metrics.errors.judge.params.phi;

  it('lets the judge allow for as much as equal versions differed', () => {
    const plan = calibratePlan(planOf(errors, saturation), bursts);
    expect(phiOf(plan)).toBeGreaterThan(2);
    expect(plan.metrics.saturation).toEqual(saturation);
    const [{ learned, dispersion }] = estimateDetection(plan, segments, bursts);
    expect(learned).toMatchObject({ rolloutId: 'aa', windows: 60 });
    expect(dispersion).toBeGreaterThanOrEqual(learned!.dispersion);
  });

  it('never goes below what the plan says', () => {
    const judge = { kind: 'sequential', params: { phi: 50 } };
    expect(phiOf(calibratePlan(planOf({ ...errors, judge }), bursts))).toBe(50);
  });

  it('changes nothing that it learned nothing about', () => {
    expect(calibratePlan(planOf(errors), {})).toEqual(planOf(errors));
  });
});
