import { RolloutState } from '../../rollout';
import { Simulation, testFacts, testPlan } from '../testing';

/** What is desired, tick by tick, in the words of the order that must be kept. */
function orderOf(simulation: Simulation): string[] {
  const order: string[] = [];
  simulation.onCommit.push((_, { desired, phase }: RolloutState) => {
    const step = `${phase}: canary ${desired.canary}, backend ${desired.backend}, ${desired.exposure.weight} %`;
    if (order.at(-1) !== step) order.push(step);
  });
  simulation.until(({ desired }) => desired.exposure.weight > 0);
  return order;
}

describe('Initializing', () => {
  it('keeps the order: canary, available, backend at weight 0, accepted, raise', () => {
    expect(orderOf(Simulation.start())).toEqual([
      'Initializing: canary present, backend absent, 0 %',
      'Initializing: canary present, backend present, 0 %',
      'Progressing: canary present, backend present, 5 %',
    ]);
  });

  it('raises nothing until the backend was accepted', () => {
    const simulation = Simulation.start().tick().tick();
    simulation.change({
      traffic: { ...simulation.world.traffic, accepted: false },
    });
    expect(simulation.tick().rollout).toMatchObject({
      phase: 'Initializing',
      waitingFor: { reason: 'BackendNotAccepted' },
    });
  });

  it('says how many pods are missing and what troubles the first of them', () => {
    const simulation = Simulation.start().tick();
    const canary = simulation.world.canary!;
    simulation.change({
      canary: {
        ...canary,
        replicas: { ...canary.replicas, ready: 0, available: 0 },
        problems: [
          {
            pod: 'checkout-canary-x',
            reason: 'ErrImagePull',
            message: 'not found',
          },
        ],
      },
    });
    expect(simulation.tick().rollout.waitingFor?.message).toBe(
      '0 of 1 pods of checkout-canary are available; checkout-canary-x: not found.',
    );
  });

  it.each([
    [
      'a quota',
      { stuck: 'Kubernetes may not make its pods: exceeded quota: small' },
      'Kubernetes may not make its pods: exceeded quota: small',
    ],
    [
      'what a person can mend before a probe that may only take time',
      {
        stuck: undefined,
        problems: [
          { pod: 'a', reason: 'NotReady', message: 'its probe does not pass' },
          { pod: 'b', reason: 'Unschedulable', message: 'no node can take it' },
        ],
      },
      'b: no node can take it',
    ],
    [
      'a probe that does not pass',
      {
        problems: [
          { pod: 'a', reason: 'NotReady', message: 'its probe does not pass' },
        ],
      },
      'a: its probe does not pass',
    ],
  ] as const)('says that pods are missing for %s', (_, trouble, want) => {
    const simulation = Simulation.start().tick();
    const canary = simulation.world.canary!;
    const replicas = { ...canary.replicas, ready: 0, available: 0 };
    simulation.change({ canary: { ...canary, replicas, ...trouble } });
    expect(simulation.tick().rollout.waitingFor?.message).toBe(
      `0 of 1 pods of checkout-canary are available; ${want}.`,
    );
  });

  it('shows a write that the cluster refused', () => {
    const simulation = Simulation.start().tick().tick();
    simulation.applies = false;
    simulation.change({
      traffic: { ...simulation.world.traffic, backend: 'absent' },
      applyFailure: 'httproutes is forbidden',
    });
    expect(simulation.tick().rollout.waitingFor?.message).toBe(
      'Waiting until the route of checkout shows the canary at weight 0. ' +
        'The last write was refused: httproutes is forbidden',
    );
  });

  it('waits for the Service as well as for the pods', () => {
    const simulation = Simulation.start()
      .tick()
      .change({ canaryService: false });
    expect(simulation.tick().rollout.desired.backend).toBe('absent');
  });

  it.each([
    { risk: false, want: 'Initializing' },
    { risk: true, want: 'Progressing' },
  ])(
    'with an HPA that cannot be held and acceptCapacityRisk $risk it is $want',
    ({ risk, want }) => {
      const hpa = { name: 'checkout', minReplicas: 2, heldFloor: 10 };
      const simulation = Simulation.start({
        plan: testPlan({ acceptCapacityRisk: risk }),
        startSnapshot: { ...testFacts().startSnapshot, hpa },
      });
      const found = simulation.world.hpa;
      for (let i = 0; i < 4; i++) simulation.tick().change({ hpa: found });
      expect(
        simulation.rollout.phase === 'Initializing'
          ? 'Initializing'
          : 'Progressing',
      ).toBe(want);
    },
  );

  it('goes on with an HPA whose ceiling is below the live count', () => {
    const hpa = { name: 'checkout', minReplicas: 2, heldFloor: 6 };
    const simulation = Simulation.start({
      startSnapshot: { ...testFacts().startSnapshot, hpa },
    }).until(({ phase }) => phase === 'Progressing');
    expect(simulation.world.hpa?.minReplicas).toBe(6);
    simulation.command('abort');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.hpa?.minReplicas).toBe(2);
  });

  it('goes on, and ends, with an HPA whose ceiling was lowered since the start', () => {
    const startSnapshot = {
      ...testFacts().startSnapshot,
      hpa: { name: 'checkout', minReplicas: 2, heldFloor: 10 },
    };
    const simulation = Simulation.start({ startSnapshot })
      .change({ hpa: { name: 'checkout', minReplicas: 2, held: 5, own: 2 } })
      .until(({ phase }) => phase === 'Progressing');
    expect(simulation.world.hpa?.minReplicas).toBe(5);
    simulation.command('abort');
    simulation.until(({ phase }) => phase === 'RolledBack');
    expect(simulation.world.hpa?.minReplicas).toBe(2);
  });

  it('is taken back at its deadline, never having had a user', () => {
    const simulation = Simulation.start();
    simulation.applies = false;
    simulation.until(({ phase }) => phase === 'RollingBack');
    expect(simulation.rollout.outcome?.reason).toBe('DeadlineExceeded');
    simulation.applies = true;
    simulation.run(4_000);
    // Nothing to drain: the 30 s are not waited for.
    expect(simulation.rollout.phase).toBe('RolledBack');
  });
});
