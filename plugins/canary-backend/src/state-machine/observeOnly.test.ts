import { SECOND, Simulation, testPlan } from './testing';

const observing = () =>
  Simulation.start({ plan: testPlan({ observeOnly: true }) });

describe('a plan that only observes', () => {
  it.each(['Fail', 'NoData', 'Error', 'Growing', 'Inconclusive'] as const)(
    'walks to its end whatever is measured: %s',
    verdict => {
      const simulation = observing();
      simulation.answers = () => verdict;
      simulation.until(({ phase }) => phase === 'Promoting');
      expect(simulation.rollout.holds).toEqual([]);
    },
  );

  it('stays at the gate for its whole time, and says why it goes on', () => {
    const simulation = observing();
    simulation.answers = () => 'Fail';
    simulation.until(({ analyses }) => analyses.some(r => r.scope === 'gate'));
    const since = simulation.now;
    simulation.until(({ phase }) => phase === 'Promoting');
    expect(simulation.now - since).toBeGreaterThanOrEqual(150 * SECOND);
    expect(simulation.transcript()).toContain('the plan only observes');
  });

  it('is taken back all the same when its pods crash', () => {
    const simulation = observing();
    simulation.until(({ phase }) => phase === 'Progressing');
    const { canary } = simulation.world;
    const replicas = { ...canary!.replicas, ready: 0, available: 0 };
    simulation.world = {
      ...simulation.world,
      canary: { ...canary!, replicas },
    };
    simulation.tick();
    expect(simulation.rollout.outcome?.reason).toBe('CanaryUnavailable');
  });
});
