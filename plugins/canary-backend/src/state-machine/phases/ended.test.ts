import { MINUTE, Simulation } from '../testing';
import { sights, situations } from '../testing/situations';

describe.each(['Succeeded', 'RolledBack'])('%s', phase => {
  it.each(Object.keys(sights))('never changes, whatever is seen: %s', sight => {
    const simulation = situations[phase]();
    const { rollout, events } = simulation;
    const count = events.length;
    sights[sight](simulation);
    simulation.sleep(MINUTE).tick();
    expect(simulation.rollout).toBe(rollout);
    expect(events).toHaveLength(count);
  });

  it('says when and why, and is looked at no more', () => {
    const { rollout, events } = situations[phase]();
    expect(rollout).toMatchObject({
      outcome: { result: phase },
      finishedAt: expect.any(Number),
    });
    expect([rollout.requeueAt, rollout.waitingFor]).toEqual([
      undefined,
      undefined,
    ]);
    expect(events.at(-1)).toMatchObject({
      kind: 'Ended',
      data: { result: phase, reason: rollout.outcome?.reason },
    });
  });
});

it('a simulation that ended stays where it is', () => {
  const simulation: Simulation = situations.RolledBack();
  expect(simulation.run(MINUTE).rollout.phase).toBe('RolledBack');
});

// Spinnaker #7921: a retry put a finished pipeline back to running.
it('a rollout that was rolled back is not set going again by a promote', () => {
  const simulation = situations.RolledBack();
  const refusal = simulation.command('promote');
  expect(refusal?.refused).toContain('never changes');
});
