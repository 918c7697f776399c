import { Verdict } from 'backstage-plugin-canary-common';
import { MINUTE, Simulation, stepsOf, testFacts, testPlan } from '../testing';
import { situations } from '../testing/situations';

const { images } = testFacts();
const analysis = { metrics: ['error-rate'], interval: '30s', duration: '5m' };

/** Two halves of v1 for six minutes, a gate of 2.5 behind them. */
function observe(answer: Verdict): Simulation {
  const simulation = Simulation.start({
    images: { ...images, canary: images.stable },
    plan: testPlan({
      steps: stepsOf({ setWeight: 50 }, { analysis }),
      observeOnly: true,
    }),
  });
  simulation.answers = () => answer;
  return simulation;
}

describe('a plan that only observes', () => {
  it.each<Verdict>(['Pass', 'Inconclusive', 'Fail', 'NoData', 'Error'])(
    'ends with its time although every metric says %s',
    answer => {
      const simulation = observe(answer);
      const { stable } = simulation.world;
      const phases = new Set<string>();
      simulation.onCommit.push((_, { phase }) => phases.add(phase));
      simulation.until(({ phase }) => phase === 'Succeeded');

      const { outcome, startedAt, finishedAt } = simulation.rollout;
      expect(outcome).toEqual({
        result: 'Succeeded',
        reason: 'Observed',
        message:
          'Deployment shop/checkout was observed beside itself; nothing was released.',
      });
      expect(phases.has('Paused')).toBe(false);
      // Five minutes of the step and two and a half of the gate.
      expect(finishedAt! - startedAt).toBeGreaterThanOrEqual(7.5 * MINUTE);
      expect(finishedAt! - startedAt).toBeLessThan(9 * MINUTE);
      expect(simulation.world.stable).toEqual(stable);
    },
  );

  it('never asks the cluster to write to the stable', () => {
    const simulation = observe('Pass');
    const wanted = new Set<string>();
    simulation.onCommit.push((_, { desired }) => wanted.add(desired.stable));
    simulation.until(({ phase }) => phase === 'Succeeded');
    expect([...wanted]).toEqual(['untouched']);
  });

  it('records what the metrics said with the decision that ignores it', () => {
    const simulation = observe('Fail');
    simulation.until(({ phase }) => phase === 'Succeeded');
    const closed = simulation.events.find(
      ({ message }) =>
        message ===
        'Analysis (gate) ends: its time is over; the plan observes only.',
    );
    expect(closed?.data).toMatchObject({
      conclusion: { verdict: 'Fail', metric: 'error-rate' },
      metrics: [{ metric: 'error-rate', verdict: 'Fail' }],
    });
    expect(simulation.events[0].message).toMatch(
      /, observing only: no metric decides\.$/,
    );
  });

  it('waits for no fresh data after a gap', () => {
    const simulation = situations['Progressing, observing only']();
    simulation.answers = () => 'Error';
    simulation.sleep(10 * MINUTE).tick();
    expect(simulation.rollout.freshSince).toBeUndefined();
    simulation.until(({ phase }) => phase === 'Succeeded');
  });

  it('is taken back when somebody releases meanwhile, and leaves that alone', () => {
    const simulation = observe('Pass').until(
      ({ promotion, step }) => promotion === undefined && step.index === 2,
    );
    const { stable } = simulation.world;
    const released = { ...stable!, templateHash: 'hash-of-another-release' };
    simulation.change({ stable: released }).tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      outcome: { reason: 'StableChanged' },
      desired: { stable: 'untouched' },
    });
  });
});
