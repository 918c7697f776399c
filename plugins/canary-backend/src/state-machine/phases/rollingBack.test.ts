import { situations } from '../testing/situations';
import { nothingSeen } from '../../rollout';
import { mayWrite } from '../permits';
import { MINUTE, SECOND, Simulation } from '../testing';

function abortedAt50(): Simulation {
  const simulation = Simulation.start().until(
    ({ verified }) => verified.exposure.weight === 50,
  );
  simulation.command('abort');
  return simulation;
}

const reversed = (simulation: Simulation) =>
  simulation.change({
    traffic: {
      ...simulation.world.traffic,
      exposure: { weight: 50, headerRoutes: [] },
    },
  });

describe('RollingBack', () => {
  it('wants no exposure from its very commit on, and keeps the pods', () => {
    expect(abortedAt50().rollout).toMatchObject({
      phase: 'RollingBack',
      desired: {
        exposure: { weight: 0, headerRoutes: [] },
        canary: 'present',
        replicas: 5,
        fence: 'r1/2',
      },
      holds: [],
      analyses: [],
    });
  });

  it('keeps the canary until traffic is gone, drained, and the fence was read back', () => {
    const simulation = abortedAt50().run(20 * SECOND);
    expect(simulation.rollout.waitingFor?.reason).toBe('Draining');
    simulation.afterApply.push(() =>
      simulation.change({ trafficFence: undefined }),
    );
    simulation.change({ trafficFence: undefined }).run(60 * SECOND);
    expect(simulation.rollout).toMatchObject({
      desired: { canary: 'present', replicas: 5, backend: 'absent' },
      waitingFor: { reason: 'FenceNotReadBack' },
    });
  });

  it('takes the fence off again before it ends', () => {
    const simulation = abortedAt50().until(
      ({ phase }) => phase === 'RolledBack',
    );
    expect(simulation.rollout.desired.fence).toBeUndefined();
    expect(simulation.world.trafficFence).toBeUndefined();
  });

  it('releases the lock last, once everything that it owns was seen gone', () => {
    const simulation = abortedAt50().until(
      ({ desired }) => desired.lock === 'absent',
    );
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      desired: { canary: 'absent' },
      waitingFor: {
        reason: 'CleaningUp',
        message:
          'Waiting until Lease shop/checkout-canary, the lock of the rollout, is gone.',
      },
    });
    expect(simulation.world.canary).toBeUndefined();
    simulation.change({ unknown: { lock: 'No answer.' } }).run(20 * SECOND);
    expect(simulation.rollout.phase).toBe('RollingBack');
    simulation.change({ unknown: undefined }).run(2 * SECOND);
    expect(simulation.rollout.phase).toBe('RolledBack');
  });

  it('ends without a lock where the rollout began before there were any', () => {
    const simulation = Simulation.start();
    const { lock: _, ...desired } = simulation.rollout.desired;
    simulation.rollout = { ...simulation.rollout, desired };
    simulation.until(({ phase }) => phase === 'Progressing').command('abort');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.desired).not.toHaveProperty('lock');
  });

  it('removes the backend at once where sessions stick to it', () => {
    const simulation = abortedAt50();
    simulation.change({
      traffic: { ...simulation.world.traffic, sticky: true },
    });
    expect(simulation.tick().rollout.desired).toMatchObject({
      backend: 'absent',
      canary: 'present',
    });
  });

  it('counts a route that is gone as no traffic', () => {
    const simulation = abortedAt50();
    simulation
      .change({ traffic: { ...simulation.world.traffic, found: false } })
      .until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.canary).toBeUndefined();
  });

  describe('of a route that a gateway does not take over', () => {
    const UNACCEPTED = 'Gateway shop/inner does not accept it any more.';
    const refused = (simulation: Simulation) =>
      simulation.change({
        traffic: {
          ...simulation.world.traffic,
          accepted: false,
          unaccepted: UNACCEPTED,
        },
      });

    it('ends where nobody ever was on the canary', () => {
      const simulation = situations.Initializing().tick();
      expect(simulation.rollout.desired.backend).toBe('present');
      refused(simulation).command('abort');
      simulation.run(MINUTE);
      expect(simulation.rollout.phase).toBe('RolledBack');
    });

    it('waits while somebody may be on it, and says for whom and what to do', () => {
      const { rollout } = refused(abortedAt50()).run(10 * MINUTE);
      expect(rollout).toMatchObject({
        phase: 'RollingBack',
        desired: { canary: 'present' },
        waitingFor: { reason: 'LoweringExposure' },
      });
      expect(rollout.waitingFor?.message).toBe(
        `Waiting until the route of checkout shows no traffic for the canary. ${UNACCEPTED} ` +
          'Mend that gateway, or take it out of the route. Where neither can be, delete ' +
          'Deployment and Service checkout-canary: once both are gone nobody can reach the ' +
          'canary, and the rollout ends.',
      );
    });

    it('ends once a person deleted what could be reached', () => {
      const simulation = refused(abortedAt50()).run(MINUTE);
      simulation.change({ canary: undefined, canaryService: false });
      simulation.run(MINUTE);
      expect(simulation.rollout.phase).toBe('RolledBack');
    });

    it('waits for the removed backend alone once zero was taken over', () => {
      const simulation = abortedAt50().run(20 * SECOND);
      expect(simulation.rollout.waitingFor?.reason).toBe('Draining');
      refused(simulation).run(10 * MINUTE);
      expect(simulation.rollout.waitingFor?.reason).toBe('BackendStillThere');
    });
  });

  it('stops fighting after three reversals, says so, and backs off', () => {
    const simulation = abortedAt50().tick().sleep(SECOND).tick();
    for (let i = 0; i < 3; i++) reversed(simulation).sleep(SECOND).tick();
    const { rollout } = simulation;
    expect(rollout).toMatchObject({
      phase: 'RollingBack',
      reversals: 3,
      desired: { canary: 'present', replicas: 5 },
      waitingFor: {
        reason: 'ExposureReversed',
        nextCheckAt: simulation.now + 30 * SECOND,
      },
    });
    expect(mayWrite(rollout)).toBe(false);
    expect(simulation.transcript()).toContain('3 times now');

    // A wake-up in between writes nothing; the back-off's end tries once more.
    expect(mayWrite(simulation.sleep(SECOND).tick().rollout)).toBe(false);
    expect(mayWrite(simulation.sleep(30 * SECOND).tick().rollout)).toBe(true);
    reversed(simulation).sleep(SECOND).tick();
    expect(simulation.rollout).toMatchObject({
      reversals: 4,
      waitingFor: { nextCheckAt: simulation.now + 60 * SECOND },
    });
    expect(
      simulation.until(({ phase }) => phase === 'RolledBack').rollout.outcome
        ?.reason,
    ).toBe('Aborted');
  });

  it('has no deadline: it stays until the cluster answers', () => {
    const simulation = abortedAt50().change({
      unknown: nothingSeen('No route to host.'),
    });
    simulation.run(20 * 3_600 * SECOND);
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      waitingFor: {
        reason: 'ClusterUnreachable',
        message: expect.stringContaining('No route to host.'),
      },
    });
  });

  it('gives the HPA its own floor back, and leaves one alone that somebody else set', () => {
    const simulation = abortedAt50();
    const startSnapshot = {
      ...simulation.rollout.startSnapshot,
      hpa: { name: 'checkout', minReplicas: 2, heldFloor: 10 },
    };
    simulation.rollout = { ...simulation.rollout, startSnapshot };
    simulation.change({
      hpa: { name: 'checkout', minReplicas: 10, held: 10, own: 2 },
    });
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.hpa?.minReplicas).toBe(2);
  });

  it('leaves a stable alone that got other images while it was restored', () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Promoting',
    );
    simulation.command('abort');
    const stable = simulation.world.stable!;
    simulation
      .change({
        stable: { ...stable, images: { checkout: 'shop/checkout:v9' } },
      })
      .until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.stable?.images).toEqual({
      checkout: 'shop/checkout:v9',
    });
    expect(simulation.transcript()).toContain(
      'got other images from somebody else',
    );
  });

  // Argo Rollouts #4841: it stayed.
  it('takes the weight to 0 within two seconds of an abort', () => {
    const simulation = situations['Paused, StepPause']();
    simulation.command('abort');
    simulation.run(2 * SECOND);
    expect(simulation.world.traffic.exposure.weight).toBe(0);
  });

  // Argo Rollouts #4867: it was scaled down before.
  it('keeps the canary at its size for as long as the route sends users to it', () => {
    const simulation = Simulation.start().until(
      ({ verified }) => verified.exposure.weight === 50,
    );
    // The controller cannot write the route: traffic stays.
    const { traffic } = simulation.world;
    simulation.afterApply.push(() => simulation.change({ traffic }));
    simulation.command('abort');
    simulation.run(60 * MINUTE);
    expect(simulation.rollout.phase).toBe('RollingBack');
    expect(simulation.world.canary?.replicas.available).toBe(5);
  });

  // Argo Rollouts #2117: an old leader went on beside the new one.
  it('keeps the canary until a fence of its own is read back, which stops a former owner', () => {
    const simulation = situations['Paused, StepPause']();
    simulation.command('abort');
    const { desired } = simulation.rollout;
    expect(desired.fence).toBe('r1/2');
    simulation.afterApply.push(() =>
      simulation.change({ trafficFence: 'r1/1' }),
    );
    simulation.run(10 * MINUTE);
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      desired: { canary: 'present' },
      waitingFor: { reason: 'FenceNotReadBack' },
    });
  });
});
