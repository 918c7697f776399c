import { MINUTE, Simulation, stepsOf, testPlan } from './testing';
import { situations } from './testing/situations';

describe('the ticks of a rollout that waits', () => {
  // Argo Rollouts #4571: memory leaked over months.
  it('grows neither state nor history, however long it waits', () => {
    const simulation = Simulation.start({
      plan: testPlan({ steps: stepsOf({ setWeight: 5 }, { pause: {} }) }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.run(10 * MINUTE);
    const size = JSON.stringify(simulation.rollout).length;
    const { length } = simulation.events;
    simulation.run(24 * 60 * MINUTE);
    expect(simulation.events).toHaveLength(length);
    expect(JSON.stringify(simulation.rollout).length - size).toBeLessThan(20);
  });

  // Flagger #638: it was throttled to a standstill.
  it('is not repeated every second', () => {
    const simulation = situations['Paused, Approval']();
    const ticks: number[] = [];
    simulation.afterApply.push(() => ticks.push(simulation.now));
    simulation.run(5 * MINUTE);
    expect(ticks.length).toBeLessThan(80);
  });
});
