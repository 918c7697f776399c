import {
  scalingContext,
  Simulation,
  START,
  testContext,
  testFacts,
} from '../testing';

describe('Pending', () => {
  it('begins at version 1 with nothing desired and the inputs in its first event', () => {
    const { rollout, events } = Simulation.start({ warnings: ['No HPA.'] });
    expect(rollout).toMatchObject({
      phase: 'Pending',
      version: 1,
      step: { index: 0 },
      desired: { canary: 'absent', backend: 'absent', stable: 'untouched' },
      requeueAt: START,
    });
    expect(events).toMatchObject([
      {
        kind: 'Started',
        actor: 'user:default/jane',
        data: {
          plan: 'careful',
          images: testFacts().images,
          warnings: ['No HPA.'],
        },
      },
    ]);
  });

  it('wants the pods of the first weight and nothing else', () => {
    const { rollout } = Simulation.start().tick();
    expect(rollout.phase).toBe('Initializing');
    expect(rollout.desired).toMatchObject({
      canary: 'present',
      replicas: 1,
      backend: 'absent',
      exposure: { weight: 0 },
    });
  });

  it('wants no pod yet where pods are the traffic', () => {
    const { rollout } = Simulation.start({}, scalingContext).tick();
    expect(rollout.desired).toMatchObject({ canary: 'present', replicas: 0 });
  });

  it('keeps the floor of an HPA from here on', () => {
    const startSnapshot = {
      ...testFacts().startSnapshot,
      hpa: { name: 'checkout', minReplicas: 2, heldFloor: 10 },
    };
    const simulation = Simulation.start({ startSnapshot }).tick();
    expect(simulation.rollout.desired.hpaFloor).toBe(true);
    expect(simulation.world.hpa?.minReplicas).toBe(10);
  });

  it('ends without touching anything when the workload is gone', () => {
    const simulation = Simulation.start()
      .change({ stable: undefined })
      .until(({ phase }) => phase === 'RollingBack');
    expect(simulation.rollout.desired).toMatchObject({ canary: 'absent' });
    expect(simulation.rollout.desired.fence).toBeUndefined();
    expect(simulation.tick().rollout).toMatchObject({
      phase: 'RolledBack',
      outcome: { reason: 'WorkloadDeleted' },
    });
  });

  it('names the route when that is what it waited for until the deadline', () => {
    const simulation = Simulation.start();
    simulation
      .change({ traffic: { ...simulation.world.traffic, found: false } })
      .until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.outcome).toMatchObject({
      reason: 'RouteUnusable',
    });
    expect(simulation.rollout.outcome?.message).toContain(
      'The route in front of checkout is gone',
    );
  });

  it('patches at once when it is a rollback, without a canary', () => {
    const { rollout } = Simulation.startRollback().tick();
    expect(rollout).toMatchObject({
      phase: 'Promoting',
      desired: { stable: 'promoted', canary: 'absent', backend: 'absent' },
    });
  });

  it('that is a rollback does not mind who has the name of a canary', () => {
    const { rollout } = Simulation.startRollback()
      .change({ nameCollision: 'Deployment checkout-canary is not ours.' })
      .tick();
    expect(rollout.phase).toBe('Promoting');
  });

  it('ends untouched when a module of its plan is not installed any more', () => {
    const simulation = Simulation.start(
      {},
      {
        ...testContext,
        step: kind => {
          throw new Error(`No installed module brings the step ${kind}.`);
        },
      },
    ).tick();
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      outcome: {
        reason: 'StepFailed',
        message:
          'Step 1 failed: No installed module brings the step setWeight.',
      },
      desired: { canary: 'absent' },
    });
  });

  // Argo Rollouts #1292: the stable was scaled to 0.
  it('that is aborted leaves the stable as it is', () => {
    const simulation = Simulation.start();
    simulation.command('abort');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.rollout.desired.stable).toBe('untouched');
    expect(simulation.world.stable?.replicas.desired).toBe(10);
  });
});
