import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { DeploymentView } from '../../rollout';
import {
  drained,
  MINUTE,
  podOf,
  recovered,
  scalingContext,
  SECOND,
  Simulation,
  stepsOf,
  testFacts,
  testPlan,
} from '../testing';
import { situations } from '../testing/situations';

const ANALYSIS = {
  analysis: { metrics: ['error-rate'], interval: '30s', duration: '5m' },
};

const start = (...items: readonly object[]) =>
  Simulation.start({ plan: testPlan({ steps: stepsOf(...items) }) });

const watching = () =>
  start({ setWeight: 20 }, ANALYSIS).until(({ analyses }) =>
    analyses.some(run => run.scope === 'step-1'),
  );

function drain(simulation: Simulation): Simulation {
  const { canary } = simulation.world;
  return simulation.change({ canary: drained(canary!) }).next();
}

function recover(simulation: Simulation): Simulation {
  const { canary } = simulation.world;
  return simulation.change({ canary: recovered(canary!) });
}

const reasons = ({ rollout }: Simulation) =>
  rollout.holds.map(({ reason }) => reason);

/** The canary without a ready pod, as these pods are. */
const unready = (
  { world }: Simulation,
  pods: DeploymentView['pods'],
  overrides: Partial<DeploymentView> = {},
): DeploymentView => ({
  ...world.canary!,
  replicas: { ...world.canary!.replicas, ready: 0, available: 0 },
  pods,
  ...overrides,
});

describe('a canary whose pods are taken away', () => {
  it('loses its users in that very tick, and the rollout waits', () => {
    const simulation = drain(watching().run(2 * MINUTE));
    const { rollout, world, now } = simulation;
    expect(rollout).toMatchObject({
      phase: 'Paused',
      holds: [
        {
          reason: 'Disrupted',
          endsBy: 'data',
          until: now + 10 * MINUTE,
          message: expect.stringContaining('its node is drained'),
        },
      ],
      desired: { exposure: NO_EXPOSURE, canary: 'present', replicas: 2 },
      analyses: [],
      disruptions: 1,
    });
    expect(world.traffic).toMatchObject({
      exposure: NO_EXPOSURE,
      backend: 'present',
    });
  });

  it('gets them back by the same step, with windows that begin after that', () => {
    const simulation = drain(watching().run(4 * MINUTE));
    recover(simulation.run(3 * MINUTE));
    const backAt = simulation.now;
    simulation.until(({ phase }) => phase === 'Progressing');
    expect(simulation.rollout).toMatchObject({
      step: { index: 1, startedAt: simulation.now },
      desired: { exposure: { weight: 20 } },
    });
    simulation.until(({ analyses }) => analyses.length === 2);
    for (const run of simulation.rollout.analyses) {
      expect(run.windowFrom).toBeGreaterThanOrEqual(backAt + 10 * SECOND);
      expect(run.metrics.every(({ at }) => at === undefined)).toBe(true);
    }
    // It had walked four of its five minutes; all five are walked again.
    simulation.until(({ step }) => step.index === 2);
    expect(simulation.now - backAt).toBeGreaterThan(5 * MINUTE);
    expect(simulation.transcript()).toContain(
      'Step 2 of 2 begins again: Watch error-rate for 5m',
    );
    simulation.until(({ phase }) => phase === 'Succeeded');
  });

  it('is waited for twice, and taken back the third time', () => {
    const simulation = watching();
    for (const disruptions of [1, 2]) {
      drain(simulation);
      expect(simulation.rollout).toMatchObject({
        phase: 'Paused',
        disruptions,
      });
      recover(simulation).until(
        ({ step, phase }) =>
          phase === 'Progressing' && step.readySince !== undefined,
      );
    }
    drain(simulation);
    expect(simulation.rollout).toMatchObject({
      phase: 'RollingBack',
      outcome: {
        reason: 'CanaryDisrupted',
        message: expect.stringContaining('waited for them 2 times'),
      },
      desired: { exposure: NO_EXPOSURE },
    });
  });

  it('is taken back when its pods do not come back in time', () => {
    const simulation = drain(watching());
    simulation.run(9 * MINUTE);
    expect(simulation.rollout.phase).toBe('Paused');
    simulation.run(2 * MINUTE);
    expect(simulation.rollout.outcome).toMatchObject({
      reason: 'CanaryDisrupted',
      message: expect.stringMatching(
        /did not come back in 60\d s: 0 of 2 are available/,
      ),
    });
  });

  it('is waited for no longer than its step may take', () => {
    const simulation = start({ setWeight: 20 }, ANALYSIS, { setWeight: 40 });
    simulation.answers = scope => (scope === 'step-1' ? 'Growing' : 'Pass');
    simulation.until(
      ({ step }) => step.readySince !== undefined && step.index === 1,
    );
    const { deadlineAt } = simulation.rollout.step;
    drain(simulation.run(deadlineAt! - simulation.now - MINUTE));
    expect(simulation.rollout.holds[0].until).toBe(deadlineAt);
    simulation.run(2 * MINUTE);
    expect(simulation.rollout.outcome?.reason).toBe('CanaryDisrupted');
  });

  it('is taken back for a pod that crashes where it comes back', () => {
    const simulation = drain(watching());
    const problem = {
      pod: 'anew',
      reason: 'CrashLoopBackOff' as const,
      message: 'it is broken',
    };
    simulation.change({
      canary: unready(simulation, [podOf('anew', 'failing')], {
        problems: [problem],
      }),
    });
    expect(simulation.next().rollout.outcome?.reason).toBe(
      'CanaryCrashLooping',
    );
  });

  it.each([
    ['the HPA', 'hpa'],
    ['the stable', 'stable'],
    ['a Service', 'canaryService'],
  ])('loses its users though %s cannot be read', (_, object) => {
    const simulation = watching().change({
      unknown: { [object]: 'It is forbidden.' },
    });
    drain(simulation);
    expect(simulation.rollout.desired.exposure).toEqual(NO_EXPOSURE);
    expect(simulation.world.traffic.exposure).toEqual(NO_EXPOSURE);
    simulation.change({ unknown: undefined });
    recover(simulation).until(({ phase }) => phase === 'Progressing');
  });

  it.each([
    ['being deleted', ['uid-canary-0', 'uid-canary-1'], 'terminating'],
    ['gone, and others begin', ['anew-0', 'anew-1'], 'starting'],
  ] as const)(
    'waits though its pods are seen to be %s before their Deployment says so',
    (_, names, state) => {
      const simulation = watching();
      const { canary } = simulation.world;
      simulation
        .change({
          canary: { ...canary!, pods: names.map(name => podOf(name, state)) },
        })
        .next();
      expect(simulation.rollout.phase).toBe('Progressing');
      const anew = [podOf('anew-0', 'starting'), podOf('anew-1', 'starting')];
      simulation.change({ canary: unready(simulation, anew) }).next();
      expect(reasons(simulation)).toEqual(['Disrupted']);
      recover(simulation).until(({ phase }) => phase === 'Progressing');
    },
  );

  it('gets nobody before its zero was read back', () => {
    const simulation = watching();
    simulation.applies = false;
    recover(drain(simulation)).run(30 * SECOND);
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      waitingFor: { reason: 'LoweringExposure' },
    });
    simulation.applies = true;
    simulation.until(({ phase }) => phase === 'Progressing');
  });

  it('is taken back where somebody gives it users meanwhile', () => {
    const simulation = drain(watching()).next();
    const { traffic } = simulation.world;
    simulation.change({
      traffic: { ...traffic, exposure: { weight: 20, headerRoutes: [] } },
    });
    expect(simulation.next().rollout.outcome?.reason).toBe('CanaryUnavailable');
  });

  it('is taken back where its route, seen again, turns out to be sticky', () => {
    const simulation = watching().change({
      unknown: { traffic: 'It is forbidden.' },
    });
    expect(reasons(drain(simulation))).toEqual(['Disrupted']);
    const { traffic } = simulation.world;
    simulation.change({
      unknown: undefined,
      traffic: { ...traffic, sticky: true },
    });
    expect(simulation.next().rollout.outcome?.reason).toBe('CanaryUnavailable');
  });

  it('loses its header routes and mirrors as well, and gets them back', () => {
    const header = { name: 'beta', header: 'x-beta', value: '1' };
    const simulation = start(
      { headerRoute: header },
      { mirror: 10 },
      { pause: {} },
    ).until(({ phase }) => phase === 'Paused');
    const before = simulation.rollout.desired.exposure;
    drain(simulation);
    expect(simulation.world.traffic.exposure).toEqual(NO_EXPOSURE);
    recover(simulation).until(({ step }) => step.readySince !== undefined);
    expect(simulation.rollout.desired.exposure).toEqual(before);
  });
});

describe('a pause in which the pods are taken away', () => {
  it.each([
    'Paused, StepPause',
    'Paused, Approval',
    'Paused, Inconclusive',
    'Paused, NoData',
  ])('asks again for what it waited for: %s', situation => {
    const simulation = situations[situation]();
    const asked = reasons(simulation);
    const { index } = simulation.rollout.step;
    drain(simulation);
    expect(reasons(simulation)).toEqual(['Disrupted']);
    const { now } = simulation;
    recover(simulation).until(rollout =>
      rollout.holds.some(({ reason }) => asked.includes(reason)),
    );
    expect(simulation.rollout.step.index).toBe(index);
    expect(simulation.rollout.holds[0].since).toBeGreaterThan(now);
  });

  it('by hand goes on, with nobody on the canary until somebody resumes', () => {
    const simulation = drain(situations['Paused, Manual']());
    expect(reasons(simulation)).toEqual(['Manual', 'Disrupted']);
    recover(simulation).run(20 * MINUTE);
    expect(reasons(simulation)).toEqual(['Manual']);
    expect(simulation.world.traffic.exposure).toEqual(NO_EXPOSURE);
    expect(simulation.rollout.analyses).toEqual([]);
    simulation.command('resume');
    simulation.until(({ step }) => step.readySince !== undefined);
    expect(simulation.rollout).toMatchObject({
      step: { index: 1 },
      desired: { exposure: { weight: 5 } },
    });
  });

  it('asks for nothing that is watched from weight 0 on while nobody is there', () => {
    const policy = testPlan().analysis as object;
    const simulation = Simulation.start({
      plan: testPlan({ analysis: { ...policy, from: 0 } as never }),
    }).until(({ phase }) => phase === 'Paused');
    simulation.command('pause');
    recover(drain(simulation)).run(20 * MINUTE);
    expect(simulation.rollout).toMatchObject({ phase: 'Paused', analyses: [] });
  });

  it('measures nothing anew after a time without a controller', () => {
    const simulation = drain(watching());
    simulation.sleep(5 * MINUTE).tick();
    expect(simulation.rollout).toMatchObject({ phase: 'Paused', analyses: [] });
    recover(simulation).until(({ step }) => step.readySince !== undefined);
  });
});

describe('what counts as taken away', () => {
  const rows: [
    string,
    boolean,
    (simulation: Simulation) => Partial<Simulation['world']>,
  ][] = [
    [
      'pods that are being deleted, and were ready',
      true,
      s => ({
        canary: unready(s, [
          podOf('uid-canary-0', 'terminating'),
          podOf('uid-canary-1', 'terminating'),
        ]),
      }),
    ],
    [
      'pods that are gone, and were ready',
      true,
      s => ({ canary: unready(s, [podOf('anew', 'starting')]) }),
    ],
    [
      'one that was evicted, and one that crashed',
      false,
      s => ({
        canary: unready(s, [
          podOf('uid-canary-0', 'disrupted'),
          podOf('uid-canary-1', 'failing'),
        ]),
      }),
    ],
    [
      'one that was evicted, and one whose probe fails',
      false,
      s => ({
        canary: unready(s, [
          podOf('uid-canary-0', 'disrupted'),
          podOf('uid-canary-1', 'starting'),
        ]),
      }),
    ],
    [
      'pods that were evicted, and a new one that crashes at once',
      false,
      s => ({
        canary: unready(s, [
          podOf('uid-canary-0', 'disrupted'),
          podOf('uid-canary-1', 'disrupted'),
          podOf('anew', 'failing'),
        ]),
      }),
    ],
    [
      'pods that only stopped answering',
      false,
      s => ({
        canary: unready(s, [
          podOf('uid-canary-0', 'starting'),
          podOf('uid-canary-1', 'starting'),
        ]),
      }),
    ],
    ['a canary that is gone', false, () => ({ canary: undefined })],
    [
      'a canary that is being deleted',
      false,
      s => ({ canary: unready(s, [], { deleting: true }) }),
    ],
    [
      'a canary that somebody scaled down',
      false,
      s => ({
        canary: unready(s, [], {
          replicas: {
            desired: 0,
            total: 0,
            updated: 0,
            ready: 0,
            available: 0,
          },
        }),
      }),
    ],
    [
      'a canary that gets another template',
      false,
      s => ({
        canary: unready(s, [podOf('anew', 'starting')], {
          replicas: {
            desired: 2,
            total: 2,
            updated: 1,
            ready: 0,
            available: 0,
          },
        }),
      }),
    ],
    [
      'pods that cannot be read',
      false,
      s => ({
        canary: unready(s, []),
        unknown: { pods: 'You may not list Pod objects.' },
      }),
    ],
    [
      'pods of a route that is sticky, which weight 0 does not leave',
      false,
      s => ({
        canary: drained(s.world.canary!),
        traffic: { ...s.world.traffic, sticky: true },
      }),
    ],
  ];
  it.each(rows)('%s: %s', (_, want, seen) => {
    const simulation = watching().run(MINUTE);
    const { rollout } = simulation.change(seen(simulation)).next();
    expect(rollout.desired.exposure).toEqual(NO_EXPOSURE);
    expect(rollout.phase).toBe(want ? 'Paused' : 'RollingBack');
    expect(rollout.outcome?.reason).toBe(
      want ? undefined : 'CanaryUnavailable',
    );
  });

  it('no pod that was not ready when it was last seen', () => {
    const simulation = watching().run(MINUTE);
    const { canary } = simulation.world;
    const half = [
      podOf('uid-canary-0', 'starting'),
      podOf('uid-canary-1', 'ready'),
    ];
    simulation.change({ canary: { ...canary!, pods: half } }).next();
    simulation.change({ canary: unready(simulation, []) }).next();
    expect(simulation.rollout.outcome?.reason).toBe('CanaryUnavailable');
  });

  it('no pod of a rollout that remembers none', () => {
    const simulation = watching().run(MINUTE);
    const { canaryPods: _, ...older } = simulation.rollout;
    simulation.rollout = older;
    expect(drain(simulation).rollout.outcome?.reason).toBe('CanaryUnavailable');
  });

  it('pods that took other places while no controller ran', () => {
    const simulation = watching().run(MINUTE);
    simulation.sleep(20 * MINUTE);
    simulation
      .change({ canary: unready(simulation, [podOf('anew', 'starting')]) })
      .tick();
    expect(reasons(simulation)).toEqual(['Disrupted']);
    expect(simulation.rollout.freshSince).toBeUndefined();
  });
});

describe('a plan that asks for two pods', () => {
  it('has them at every weight, and more where the weight needs more', () => {
    const simulation = Simulation.start({
      plan: testPlan({
        canary: { minReplicas: 2, spread: false },
        steps: stepsOf({ setWeight: 5 }, { setWeight: 40 }),
      }),
    });
    const podsAt = (weight: number) =>
      simulation.until(({ desired }) => desired.exposure.weight === weight)
        .rollout.desired.replicas;
    expect(podsAt(5)).toBe(2);
    expect(podsAt(40)).toBe(4);
  });
});

describe('where pods are the traffic', () => {
  it('the canary begins its step with other pods', () => {
    const { images } = testFacts();
    const simulation = Simulation.start(
      {
        images,
        plan: testPlan({ steps: stepsOf({ setWeight: 20 }, ANALYSIS) }),
      },
      scalingContext,
    );
    const shown = () => {
      const { canary, stable, traffic } = simulation.world;
      const ready = canary?.replicas.ready ?? 0;
      const all = ready + stable!.replicas.ready;
      simulation.change({
        traffic: {
          ...traffic,
          exposure: { weight: (ready / all) * 100, headerRoutes: [] },
        },
      });
    };
    simulation.afterApply.push(shown);
    simulation.until(
      ({ step }) => step.index === 1 && step.readySince !== undefined,
    );
    drain(simulation);
    expect(simulation.rollout).toMatchObject({
      phase: 'Paused',
      desired: { exposure: NO_EXPOSURE, replicas: 0 },
    });
    simulation.until(({ step }) => step.readySince !== undefined);
    expect(simulation.rollout).toMatchObject({
      phase: 'Progressing',
      step: { index: 1 },
      desired: { replicas: 3 },
    });
  });
});
