import { situations } from '../testing/situations';
import {
  deployment,
  MINUTE,
  SECOND,
  Simulation,
  testContext,
} from '../testing';

const promoting = () =>
  Simulation.start().until(({ phase }) => phase === 'Promoting');

/** The stable is patched; its pods come up slowly. */
function slowly(simulation: Simulation) {
  const { stable } = simulation.world;
  return simulation.change({
    stable: {
      ...stable!,
      replicas: { desired: 10, total: 12, updated: 4, ready: 9, available: 9 },
    },
  });
}

describe('Promoting', () => {
  it('leaves the weight where it was until every stable pod is new and available', () => {
    const simulation = slowly(promoting()).run(5 * SECOND);
    expect(simulation.rollout).toMatchObject({
      phase: 'Promoting',
      desired: {
        stable: 'promoted',
        exposure: { weight: 50 },
        canary: 'present',
      },
      waitingFor: {
        reason: 'StableRollingOut',
        message:
          'Deployment checkout: 4 of 10 pods are updated, 9 available, 12 in all.',
      },
    });
  });

  it('says why pods of the new version do not come', () => {
    const simulation = slowly(promoting());
    const stuck = 'Kubernetes may not make its pods: exceeded quota: small';
    simulation.change({ stable: { ...simulation.world.stable!, stuck } });
    expect(simulation.tick().rollout.waitingFor?.message).toBe(
      `Deployment checkout: 4 of 10 pods are updated, 9 available, 12 in all; ${stuck}.`,
    );
  });

  it('takes traffic back, drains, removes the backend, then the canary', () => {
    const simulation = promoting();
    const order: string[] = [];
    simulation.onCommit.push((_, { desired: d }) => {
      const now = `${d.exposure.weight} %, backend ${d.backend}, canary ${d.canary}`;
      if (order.at(-1) !== now) order.push(now);
    });
    const begun = simulation.now;
    simulation.until(({ phase }) => phase === 'Succeeded');
    expect(order).toEqual([
      '0 %, backend present, canary present',
      '0 %, backend absent, canary present',
      '0 %, backend absent, canary absent',
    ]);
    expect(simulation.now - begun).toBeGreaterThanOrEqual(30 * SECOND);
    expect(simulation.rollout.finishedAt).toBe(simulation.now);
  });

  it('never patches again what somebody reverted', () => {
    const simulation = slowly(promoting()).run(2 * SECOND);
    simulation.change({
      stable: deployment('uid-stable', { checkout: 'shop/checkout:v1' }, 10),
    });
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout).toMatchObject({
      outcome: { reason: 'PromotionReverted' },
      desired: { stable: 'untouched' },
    });
  });

  it('leaves a change alone that came just before our patch', () => {
    const simulation = Simulation.start().until(({ step }) => step.index === 3);
    simulation.applies = false;
    simulation.until(({ phase }) => phase === 'Promoting');
    simulation.change({
      stable: deployment('uid-stable', { checkout: 'shop/checkout:v9' }, 10),
    });
    simulation.applies = true;
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.outcome?.reason).toBe('StableChanged');
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v9',
    });
  });

  it('puts the previous images back when its deadline passes', () => {
    const simulation = slowly(promoting());
    simulation.until(({ phase }) => phase === 'RollingBack');
    expect(simulation.rollout).toMatchObject({
      outcome: { reason: 'DeadlineExceeded' },
      desired: { stable: 'restored', exposure: { weight: 0 } },
    });
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.stable).toMatchObject({
      images: { checkout: 'shop/checkout:v1' },
      fence: undefined,
    });
  });

  it('has no deadline any more once every pod is new', () => {
    const simulation = promoting().until(
      ({ promotion }) => promotion?.doneAt !== undefined,
    );
    simulation.change({
      traffic: { ...simulation.world.traffic, accepted: false },
    });
    simulation.run(90 * MINUTE);
    expect(simulation.rollout.phase).toBe('Promoting');
  });

  it.each([
    { compares: true, want: 'Promoting' },
    { compares: false, want: 'RolledBack' },
  ])(
    'with a failing metric that compares ($compares) it is $want',
    ({ compares, want }) => {
      const simulation = Simulation.start(
        {},
        { ...testContext, comparesWithStable: () => compares },
      ).until(({ phase }) => phase === 'Promoting');
      simulation.answers = () => 'Fail';
      slowly(simulation).run(2 * MINUTE);
      expect(simulation.rollout.phase).toBe(want);
    },
  );

  it('of a rollback ends as soon as the previous images run everywhere', () => {
    const simulation = Simulation.startRollback().until(
      ({ phase }) => phase === 'Succeeded',
    );
    expect(simulation.rollout.outcome?.reason).toBe('RolledBackToPrevious');
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v1',
    });
    expect(simulation.world.traffic.backend).toBe('absent');
  });

  it('of a rollback that is aborted puts back what was there', () => {
    const simulation = Simulation.startRollback().tick();
    simulation.command('abort');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.stable).toMatchObject({
      images: { checkout: 'shop/checkout:v2' },
      fence: undefined,
    });
  });

  it('of a rollback that is late never brings back what it rolls away from', () => {
    const simulation = Simulation.startRollback();
    simulation.afterApply.push(() => {
      const { stable } = simulation.world;
      const replicas = { ...stable!.replicas, available: 3 };
      simulation.change({ stable: { ...stable!, replicas } });
    });
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.outcome).toMatchObject({
      reason: 'DeadlineExceeded',
      message: expect.stringContaining('The previous images stay'),
    });
    expect(simulation.rollout.desired.stable).toBe('untouched');
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v1',
    });
  });

  it('of a rollback that never got so far says that nothing was put back', () => {
    const simulation = Simulation.startRollback();
    simulation.applies = false;
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.outcome?.message).toContain(
      'The previous images were never seen in the Deployment',
    );
  });

  it("of a rollback does not mind a canary's name or share that is not its own", () => {
    const simulation = Simulation.startRollback().tick();
    const { traffic } = simulation.world;
    simulation
      .change({
        nameCollision: 'Deployment checkout-canary is not ours.',
        traffic: {
          ...traffic,
          backend: 'present',
          exposure: { weight: 20, headerRoutes: [] },
        },
      })
      .until(({ phase }) => phase === 'Succeeded');
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v1',
    });
  });

  // Flagger #1588: it was stuck.
  it('is left by an abort, after which the stable has its images again', () => {
    const simulation = situations.Promoting();
    expect(simulation.command('abort')).toBeUndefined();
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v1',
    });
  });
});
