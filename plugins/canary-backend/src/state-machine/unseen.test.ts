import { isEnded } from 'backstage-plugin-canary-common';
import { ObservedObject } from '../rollout';
import { MINUTE, SECOND, Simulation } from './testing';
import { situations } from './testing/situations';

const OBJECTS: readonly ObservedObject[] = [
  'stable',
  'canary',
  'canaryService',
  'freshBaseline',
  'pods',
  'hpa',
];

const unread = (...objects: readonly ObservedObject[]) => ({
  unknown: Object.fromEntries(objects.map(one => [one, `No ${one} for us.`])),
});

const exposed = () => situations['Paused, StepPause']();

/** Times after the start of the denial at which the machine looked, until it ended or 10 min are over. */
function untilTakenBack(simulation: Simulation): number {
  const from = simulation.now;
  simulation.until(
    ({ phase }) => phase === 'RollingBack' || simulation.now > from + 600_000,
  );
  return simulation.now - from;
}

it('a lock that cannot be read holds up nothing but the end', () => {
  const simulation = Simulation.start().change(unread('lock'));
  simulation.until(({ phase }) => phase === 'Progressing').command('abort');
  simulation.run(2 * MINUTE);
  expect(simulation.rollout).toMatchObject({
    phase: 'RollingBack',
    waitingFor: {
      reason: 'CleaningUp',
      message: expect.stringContaining('No lock for us.'),
    },
  });
  simulation.change({ unknown: undefined }).run(2 * SECOND);
  expect(simulation.rollout.phase).toBe('RolledBack');
});

describe('the absence of somebody else’s object', () => {
  it('ends nothing while an API denies the workload for eight seconds', () => {
    const simulation = exposed();
    const { stable } = simulation.world;
    simulation.change({ stable: undefined }).run(8 * SECOND);
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      waitingFor: { reason: 'NotSeen' },
      unseen: { stable: { as: 'absent' } },
    });
    expect(simulation.world.traffic.exposure.weight).toBeGreaterThan(0);
    simulation.change({ stable }).run(10 * SECOND);
    expect(simulation.rollout.unseen).toBeUndefined();
    expect(simulation.rollout.phase).toBe('Paused');
  });

  it('is believed after three answers in ten seconds, and says since when', () => {
    const simulation = exposed().change({ stable: undefined }).skipGap();
    expect(untilTakenBack(simulation)).toBe(10 * SECOND);
    expect(simulation.rollout.outcome?.reason).toBe('WorkloadDeleted');
    expect(simulation.events.map(({ data }) => data)).toContainEqual(
      expect.objectContaining({
        notFoundSince: new Date(simulation.now - 10 * SECOND).toISOString(),
      }),
    );
  });

  it('is not believed on two answers, however far apart', () => {
    const simulation = exposed().change({ stable: undefined });
    simulation
      .tick()
      .sleep(50 * SECOND)
      .skipGap()
      .tick();
    expect(simulation.rollout.phase).toBe('Paused');
    simulation.sleep(SECOND).tick();
    expect(simulation.rollout.phase).toBe('RollingBack');
  });

  it('begins anew after an answer that says nothing', () => {
    const simulation = exposed();
    for (let n = 0; n < 20; n++) {
      const denied = n % 3 < 2;
      simulation
        .change(denied ? { stable: undefined } : unread('stable'))
        .change(denied ? { unknown: undefined } : {})
        .tick()
        .sleep(5 * SECOND);
    }
    expect(simulation.rollout.phase).toBe('Paused');
  });

  it('deletes nothing of ours while the route is only denied', () => {
    const simulation = situations.RollingBack();
    const { traffic } = simulation.world;
    simulation.change({
      traffic: {
        ...traffic,
        found: false,
        backend: 'absent',
        exposure: { weight: 0, headerRoutes: [] },
      },
    });
    simulation.run(9 * SECOND);
    expect(simulation.world.canary).toBeDefined();
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      desired: { canary: 'present' },
      waitingFor: { reason: 'LoweringExposure' },
    });
    simulation.run(2 * MINUTE);
    expect(simulation.rollout.phase).toBe('RolledBack');
  });
});

describe('an object that cannot be read', () => {
  it.each(OBJECTS)('does not keep users on the canary: %s', object => {
    const simulation = exposed().change(unread(object));
    simulation.run(30 * SECOND);
    expect(simulation.rollout.waitingFor).toMatchObject({
      message: `No ${object} for us.`,
    });
    simulation.command('abort');
    simulation.tick();
    expect(simulation.world.traffic.exposure.weight).toBe(0);

    simulation.run(10 * MINUTE);
    const ended = isEnded(simulation.rollout.phase);
    // What runs in the pods does not matter to whether they are gone.
    expect(ended).toBe(object === 'pods');
    simulation.change({ unknown: undefined }).run(2 * MINUTE);
    expect(simulation.rollout.phase).toBe('RolledBack');
  });

  it('does not stop the deadline of the work, as long as the route can be read', () => {
    const simulation = situations['Progressing, a step works']();
    simulation.change(unread('hpa')).run(2 * 60 * MINUTE);
    expect(simulation.rollout.outcome?.reason).toBe('DeadlineExceeded');
    expect(simulation.world.traffic.exposure.weight).toBe(0);
  });

  it('is asked for five times in quick succession while the route must be lowered, then ever more rarely', () => {
    const simulation = exposed().change(unread('traffic'));
    simulation.command('abort');
    const waits: number[] = [];
    for (let n = 0; n < 10; n++) {
      simulation.tick();
      const { now, rollout } = simulation;
      waits.push(rollout.requeueAt! - now);
      simulation.sleep(rollout.requeueAt! - now);
    }
    expect(waits).toEqual([
      300, 300, 300, 300, 300, 600, 1_200, 2_400, 4_800, 5_000,
    ]);
  });

  it('keeps the last figures of what it cannot see on the page', () => {
    const simulation = exposed();
    const { seen } = simulation.rollout;
    simulation.change(unread('traffic', 'stable')).tick();
    expect(simulation.rollout.seen).toMatchObject({
      weight: seen!.weight,
      stable: seen!.stable,
      verified: false,
    });
  });
});
