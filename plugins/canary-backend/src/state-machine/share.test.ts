import { scalingContext, Simulation, stepsOf, testPlan } from './testing';

/** Ten stable pods; `setWeight: 25` makes it three canary pods, 23.08 %. */
function atShare() {
  return Simulation.start(
    {
      plan: testPlan({
        steps: stepsOf({ setWeight: 25 }, { pause: {} }, { setWeight: 50 }),
      }),
    },
    scalingContext,
  ).until(({ phase }) => phase === 'Paused');
}

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
      desired: { replicas: 1, exposure: { weight: 23.08 } },
    });
    expect(simulation.events.at(-1)).toMatchObject({
      kind: 'Decision',
      message: expect.stringContaining(
        '3 canary pods would be 42.86 % of the traffic, more than the 23.08 % that were decided; 1 of them stay',
      ),
    });
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
        message: expect.stringContaining('42.86 % of the pods'),
      },
    });
  });

  it('within the tolerance is left alone', () => {
    const simulation = atShare();
    scaleStable(simulation, 9);
    simulation.tick();
    expect(simulation.rollout.desired.replicas).toBe(3);
  });

  it('that one pod alone exceeds takes the rollout back', () => {
    const simulation = atShare();
    scaleStable(simulation, 1);
    simulation.tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      outcome: { reason: 'ShareTooLarge' },
      desired: { replicas: 0 },
    });
  });
});
