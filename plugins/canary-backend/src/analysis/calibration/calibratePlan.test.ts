import { Plan } from 'backstage-plugin-canary-common';
import { errorRate as metric } from '../rejudge/testing/everyKindOfMetric';
import { sequentialParams } from '../sequential';
import { calibratePlan } from './calibratePlan';

const plan = { metrics: { [metric.name]: metric } } as unknown as Plan;

/** Windows of one version against itself, of which every second has this many errors. */
const seen = (errors: number) => ({
  [metric.name]: {
    observed: {
      rolloutId: 'r1',
      windows: Array.from({ length: 40 }, (_, index) => {
        const events = [index % 2 === 0 ? errors : 0];
        return {
          durationMs: 60_000,
          counts: {
            canary: { requests: 1_000_000, events },
            stable: { requests: 1_000_000, events: [errors - events[0]] },
          },
        };
      }),
    },
  },
});
const phiOf = (errors: number) =>
  calibratePlan(plan, seen(errors)).metrics[metric.name].judge.params.phi;

describe('a plan that learns from rollouts of a version against itself', () => {
  it('is judged with the dispersion that they showed', () => {
    expect(phiOf(40)).toBeGreaterThan(10);
    expect(phiOf(40)).toBeLessThan(100);
  });

  it('stays one that its judge can read, however wild they were', () => {
    expect(phiOf(500_000)).toBe(1_000);
    expect(sequentialParams.safeParse({ phi: phiOf(500_000) }).success).toBe(
      true,
    );
  });
});
