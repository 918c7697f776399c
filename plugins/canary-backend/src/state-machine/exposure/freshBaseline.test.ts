import { isEnded } from 'backstage-plugin-canary-common';
import { MINUTE, Simulation, testPlan } from '../testing';

const { metrics } = testPlan();
const plan = testPlan({
  metrics: { 'error-rate': { ...metrics['error-rate'], baseline: 'fresh' } },
});

/** As it is with its pods not up yet. */
function notUp(simulation: Simulation) {
  const { freshBaseline } = simulation.world;
  return {
    freshBaseline: freshBaseline && {
      ...freshBaseline,
      replicas: { ...freshBaseline.replicas, available: 0 },
    },
  };
}

describe('a fresh baseline', () => {
  it('is no business of a plan that compares with none', () => {
    const { rollout } = Simulation.start().tick();
    expect(rollout.desired).not.toHaveProperty('freshBaseline');
  });

  it('is no business of a rollback, which has no canary either', () => {
    const { rollout } = Simulation.startRollback({ plan }).tick();
    expect(rollout.desired).not.toHaveProperty('freshBaseline');
  });

  it('comes with the canary, and is up before anybody reaches the canary', () => {
    const simulation = Simulation.start({ plan });
    expect(simulation.rollout.desired.freshBaseline).toBe('absent');
    simulation.tick();
    expect(simulation.rollout.desired).toMatchObject({
      canary: 'present',
      freshBaseline: 'present',
    });
    simulation.change(notUp(simulation)).tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'Initializing',
      desired: { backend: 'absent' },
      waitingFor: {
        reason: 'BaselineNotAvailable',
        message: '0 of 1 pods of checkout-baseline are available.',
      },
    });
  });

  it('grows with the canary, and is up before exposure rises', () => {
    const simulation = Simulation.start({ plan });
    simulation.until(({ desired }) => desired.replicas === 5);
    const { freshBaseline } = simulation.world;
    expect(freshBaseline?.replicas.desired).toBe(5);
    const { weight } = simulation.rollout.desired.exposure;
    simulation.afterApply.push(() => simulation.change(notUp(simulation)));
    simulation.change(notUp(simulation)).run(MINUTE);
    expect(simulation.rollout.desired.exposure.weight).toBe(weight);
    expect(simulation.rollout.waitingFor?.reason).toBe('BaselineNotAvailable');
    simulation.afterApply.length = 0;
    simulation.change({ freshBaseline });
    simulation.until(({ desired }) => desired.exposure.weight === 50);
  });

  it('takes the rollout back in time where it never comes up', () => {
    const simulation = Simulation.start({ plan });
    simulation.afterApply.push(() => simulation.change(notUp(simulation)));
    simulation.until(({ phase }) => isEnded(phase));
    expect(simulation.rollout.outcome?.reason).toBe('DeadlineExceeded');
  });

  it('goes with a canary that is given up, because it is not there any more', () => {
    const simulation = Simulation.start({ plan });
    simulation.applies = false;
    simulation.tick();
    expect(simulation.rollout.desired.freshBaseline).toBe('present');
    simulation.command('abort');
    expect(simulation.tick().rollout.desired).toMatchObject({
      canary: 'absent',
      freshBaseline: 'absent',
    });
  });

  it('goes before the stable is replaced: it would serve the old version', () => {
    const simulation = Simulation.start({ plan });
    simulation.until(({ phase }) => phase === 'Promoting');
    expect(simulation.rollout.desired).toMatchObject({
      canary: 'present',
      freshBaseline: 'absent',
    });
    expect(simulation.world.freshBaseline).toBeUndefined();
    simulation.until(({ phase }) => phase === 'Succeeded');
  });

  it('stays with an aborted canary until nobody reaches that, and is proven gone at the end', () => {
    const simulation = Simulation.start({ plan });
    simulation.until(({ desired }) => desired.exposure.weight === 50);
    simulation.command('abort');
    simulation.tick();
    expect(simulation.rollout.desired.freshBaseline).toBe('present');
    simulation.until(({ desired }) => desired.canary === 'absent');
    expect(simulation.rollout.desired.freshBaseline).toBe('absent');

    const left = Simulation.start({ plan }).tick().tick().world.freshBaseline;
    simulation.afterApply.push(() =>
      simulation.change({ freshBaseline: left }),
    );
    simulation.change({ freshBaseline: left }).run(10 * MINUTE);
    expect(simulation.rollout.waitingFor?.message).toContain(
      'until the fresh baseline of checkout is gone',
    );
    simulation.afterApply.length = 0;
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.freshBaseline).toBeUndefined();
  });
});
