import {
  scalingContext,
  SECOND,
  Simulation,
  stepsOf,
  testPlan,
} from '../testing';

/** Ten stable pods; `setWeight: 25` makes it three canary pods, 23.08 %. */
function atShare(weight = 25) {
  return Simulation.start(
    {
      plan: testPlan({
        steps: stepsOf({ setWeight: weight }, { pause: {} }, { setWeight: 50 }),
      }),
    },
    scalingContext,
  ).until(({ phase }) => phase === 'Paused');
}

/** The cluster after somebody scaled the stable; every pod of both is up. */
function scaleStable(simulation: Simulation, replicas: number) {
  const { stable, canary, traffic } = simulation.world;
  const { desired } = canary!.replicas;
  const weight = Math.round((desired / (desired + replicas)) * 10_000) / 100;
  simulation.change({
    stable: {
      ...stable!,
      replicas: {
        ...stable!.replicas,
        desired: replicas,
        total: replicas,
        available: replicas,
      },
    },
    traffic: { ...traffic, exposure: { ...traffic.exposure, weight } },
  });
}

describe('the share where pods are the traffic', () => {
  it('is kept by fewer canary pods when the stable is scaled down, in a pause too', () => {
    const simulation = atShare();
    expect(simulation.rollout.desired).toMatchObject({
      replicas: 3,
      exposure: { weight: 23.08 },
    });
    scaleStable(simulation, 4);
    simulation.tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      desired: { replicas: 1, exposure: { weight: 20 } },
    });
    expect(simulation.events.slice(-2)).toMatchObject([
      {
        kind: 'Decision',
        message:
          'checkout is scaled to 4 by now, so that 3 canary pods would be 42.86 % of the traffic, more than the 23.08 % that were decided; they become 1.',
      },
      { kind: 'ExposureChanged', data: { to: { weight: 20 } } },
    ]);
  });

  it('is measured anew at what it has become, once that was read back', () => {
    const simulation = atShare();
    scaleStable(simulation, 4);
    simulation.tick().sleep(2 * SECOND);
    scaleStable(simulation, 4);
    simulation.tick();
    const { analyses, verified } = simulation.rollout;
    expect(verified).toEqual({
      exposure: { weight: 20, headerRoutes: [] },
      since: simulation.now,
    });
    expect(analyses).toMatchObject([
      { weight: 20, windowFrom: simulation.now + 10 * SECOND },
    ]);
  });

  it('is not raised again by what it was lowered for', () => {
    const simulation = atShare();
    scaleStable(simulation, 4);
    simulation.tick().tick();
    const decided = simulation.events.length;
    simulation.tick();
    expect(simulation.events).toHaveLength(decided);
    expect(simulation.rollout.desired.replicas).toBe(1);
  });

  it('is never more than decided where fewer pods keep it, however near more would be', () => {
    // Of two stable pods one is 33.33 %, two are 50 %, which is nearer to 44.44 %.
    const simulation = atShare(44);
    expect(simulation.rollout.desired).toMatchObject({
      replicas: 8,
      exposure: { weight: 44.44 },
    });
    scaleStable(simulation, 2);
    simulation.tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      desired: { replicas: 1, exposure: { weight: 33.33 } },
    });
  });

  it('shows in a pause too that pods are being taken, until they are gone', () => {
    const simulation = atShare();
    simulation.applies = false;
    scaleStable(simulation, 4);
    simulation.tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      waitingFor: { reason: 'ShareTooLarge' },
    });
    simulation.applies = true;
    simulation.tick();
    scaleStable(simulation, 4);
    simulation.tick();
    expect(simulation.rollout.waitingFor?.reason).toBe('StepPause');
  });

  it('is never decided to be more than a step asks for, because the stable is small by now', () => {
    const simulation = Simulation.start(
      { plan: testPlan({ steps: stepsOf({ setWeight: 25 }) }) },
      scalingContext,
    ).tick();
    scaleStable(simulation, 2);
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.outcome).toMatchObject({
      reason: 'StepFailed',
      message:
        'Step 1 failed: beside the 2 pods that checkout is scaled to by now, the nearest share to 25 % is 33.33 %.',
    });
  });

  it('lets no step begin while it is larger than decided', () => {
    const simulation = atShare();
    simulation.applies = false;
    scaleStable(simulation, 4);
    simulation.command('promote');
    simulation.tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'Progressing',
      step: { index: 1 },
      waitingFor: {
        reason: 'ShareTooLarge',
        message:
          'checkout-canary has 3 pods and 42.86 % of the traffic; waiting until no more than what is decided is read back, 1 and 20 %.',
      },
    });
  });

  it('within the tolerance is left alone', () => {
    const simulation = atShare();
    scaleStable(simulation, 9);
    simulation.tick();
    expect(simulation.rollout.desired.replicas).toBe(3);
  });

  it('of one pod alone may be above what was decided, by no more than the tolerance', () => {
    const simulation = atShare(20);
    expect(simulation.rollout.desired).toMatchObject({
      replicas: 3,
      exposure: { weight: 23.08 },
    });
    scaleStable(simulation, 3);
    simulation.tick();
    const { desired, analyses } = simulation.rollout;
    expect(desired).toMatchObject({
      replicas: 1,
      exposure: { weight: 23.08 },
    });
    expect(analyses).toMatchObject([
      { weight: 23.08, windowFrom: simulation.now + 10 * SECOND },
    ]);
  });

  it('that one pod alone exceeds takes the rollout back', () => {
    const simulation = atShare();
    scaleStable(simulation, 1);
    simulation.tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      outcome: {
        reason: 'ShareTooLarge',
        message: expect.stringContaining(
          'a single canary pod is 50 % of the traffic, more than the 23.08 % that were decided and 5 points',
        ),
      },
      desired: { replicas: 0 },
    });
  });
});
