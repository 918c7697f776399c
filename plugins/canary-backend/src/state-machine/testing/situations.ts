import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { nothingSeen } from '../../rollout';
import { BELIEVED_AFTER } from '../unseen';
import { deployment, drained, World } from './world';
import { MINUTE, SECOND, stepsOf, testFacts, testPlan } from './fixtures';
import { Simulation } from './Simulation';

const PATIENT = testPlan({ onNoData: { holdMs: 5 * MINUTE, then: 'pause' } });

const withSteps = (...items: readonly object[]) =>
  Simulation.start({ plan: testPlan({ steps: stepsOf(...items) }) });

/** Two halves of v1 side by side. */
function observing(...items: readonly object[]): Simulation {
  const { images } = testFacts();
  return Simulation.start({
    images: { ...images, canary: images.stable },
    plan: testPlan({ steps: stepsOf(...items), observeOnly: true }),
  });
}

function noDataSince(simulation: Simulation): Simulation {
  simulation.answers = () => 'NoData';
  return simulation.until(({ holds }) =>
    holds.some(h => h.reason === 'NoData'),
  );
}

function gateAnswering(answer: 'Inconclusive'): Simulation {
  const simulation = Simulation.start();
  simulation.answers = scope => (scope === 'gate' ? answer : 'Pass');
  return simulation;
}

/** The tick that patched the stable is over; its pods are coming up. */
function comingUp(simulation: Simulation): Simulation {
  const replicas = {
    desired: 10,
    total: 12,
    updated: 6,
    ready: 9,
    available: 9,
  };
  return simulation.change({
    stable: { ...simulation.world.stable!, replicas },
  });
}

/** Until the next observation proves what the world denies. */
function proven(simulation: Simulation): Simulation {
  const { times, ms } = BELIEVED_AFTER;
  for (let seen = 1; seen < times; seen++) {
    simulation.tick().sleep(ms / (times - 1));
  }
  return simulation;
}

function goneTraffic({ world: { traffic } }: Simulation): World['traffic'] {
  return { ...traffic, found: false, backend: 'absent', exposure: NO_EXPOSURE };
}

/** Every place a rollout can be in, each reached the way real ones get there. */
export const situations: Readonly<Record<string, () => Simulation>> = {
  Pending: () => Simulation.start(),
  Initializing: () => Simulation.start().tick().sleep(SECOND),
  'Progressing, a step works': () =>
    withSteps(
      { setWeight: 5 },
      {
        analysis: { metrics: ['error-rate'], interval: '30s', duration: '5m' },
      },
    ).until(({ analyses }) => analyses.some(run => run.scope === 'step-1')),
  'Progressing, observing only': () =>
    observing(
      { setWeight: 5 },
      {
        analysis: { metrics: ['error-rate'], interval: '30s', duration: '5m' },
      },
    ).until(({ analyses }) => analyses.some(run => run.scope === 'step-1')),
  'Progressing, at the gate': () =>
    Simulation.start().until(({ analyses }) =>
      analyses.some(run => run.scope === 'gate'),
    ),
  'Paused, StepPause': () =>
    Simulation.start().until(({ phase }) => phase === 'Paused'),
  'Paused, Approval': () =>
    withSteps({ setWeight: 5 }, { approval: {} }).until(
      ({ phase }) => phase === 'Paused',
    ),
  'Paused, Inconclusive': () => {
    const simulation = withSteps(
      { setWeight: 5 },
      {
        analysis: { metrics: ['error-rate'], interval: '30s', duration: '5m' },
      },
    );
    simulation.answers = scope =>
      scope === 'step-1' ? 'Inconclusive' : 'Pass';
    return simulation.until(({ phase }) => phase === 'Paused');
  },
  'Paused, Inconclusive at the gate': () =>
    gateAnswering('Inconclusive').until(
      ({ phase, step }) => phase === 'Paused' && step.index === 3,
    ),
  'Paused, NoData': () =>
    noDataSince(situations['Progressing, a step works']()),
  'Paused, NoData and onNoData.then is pause': () => {
    const simulation = Simulation.start({ plan: PATIENT }).until(
      ({ step }) => step.index === 2,
    );
    return noDataSince(simulation).until(({ holds }) =>
      holds.some(h => h.reason === 'NoData' && h.until === undefined),
    );
  },
  'Paused, ForeignChange': () => {
    const simulation = situations['Progressing, a step works']();
    return simulation
      .change({
        traffic: {
          ...simulation.world.traffic,
          exposure: { weight: 80, headerRoutes: [] },
        },
      })
      .until(({ phase }) => phase === 'Paused');
  },
  'Paused, Disrupted': () => {
    const simulation = situations['Progressing, a step works']();
    return simulation
      .change({ canary: drained(simulation.world.canary!) })
      .tick()
      .sleep(SECOND);
  },
  'Paused, Manual': () => {
    const simulation = situations['Progressing, a step works']();
    simulation.command('pause');
    return simulation.tick().sleep(SECOND);
  },
  Promoting: () => {
    const simulation = Simulation.start().until(
      ({ phase }) => phase === 'Promoting',
    );
    return comingUp(simulation).sleep(SECOND).tick().sleep(SECOND);
  },
  'Promoting, traffic goes back': () =>
    Simulation.start().until(
      ({ promotion, drainedSince }) =>
        promotion?.doneAt !== undefined && drainedSince !== undefined,
    ),
  'Promoting, restoring': () =>
    comingUp(Simulation.startRollback().tick())
      .sleep(SECOND)
      .tick()
      .sleep(SECOND),
  RollingBack: () => {
    const simulation = situations['Progressing, a step works']();
    simulation.command('abort');
    return simulation.until(({ drainedSince }) => drainedSince !== undefined);
  },
  Succeeded: () =>
    Simulation.start().until(({ phase }) => phase === 'Succeeded'),
  RolledBack: () => {
    const simulation = Simulation.start().tick();
    simulation.command('abort');
    return simulation.until(({ phase }) => phase === 'RolledBack');
  },
};

const canaryOf = (world: World) =>
  world.canary ?? deployment('uid-canary', testFacts().images.canary, 1);

/** Everything of weight that an observation can show. */
export const sights: Readonly<
  Record<string, (simulation: Simulation) => void>
> = {
  'all is well': () => {},
  'the cluster does not answer': s =>
    s.change({
      unknown: nothingSeen('Cluster local did not answer within 5 s.'),
    }),
  'the HPA cannot be read': s =>
    s.change({ unknown: { hpa: 'You may not get it.' } }),
  'the workload is not found, once': s => s.change({ stable: undefined }),
  'the workload is gone': s => proven(s.change({ stable: undefined })),
  'somebody changes the stable': s =>
    s.change({
      stable: deployment('uid-stable', { checkout: 'shop/checkout:v9' }, 10),
    }),
  'somebody scales the stable to 0': s =>
    s.change({
      stable: {
        ...deployment('uid-stable', s.world.stable!.images, 0),
        templateHash: s.world.stable!.templateHash,
      },
    }),
  "the canary's name is taken": s =>
    s.change({ nameCollision: 'Deployment shop/checkout-canary is not ours.' }),
  'the route is not found, once': s => s.change({ traffic: goneTraffic(s) }),
  'the route is gone': s => proven(s.change({ traffic: goneTraffic(s) })),
  "somebody changes the canary's share": s =>
    s.change({
      traffic: {
        ...s.world.traffic,
        backend: 'present',
        exposure: { weight: 77, headerRoutes: [] },
      },
    }),
  'no canary pod is ready': s =>
    s.change({
      canary: {
        ...canaryOf(s.world),
        replicas: { ...canaryOf(s.world).replicas, ready: 0, available: 0 },
      },
    }),
  'canary pods are evicted': s =>
    s.change({ canary: drained(canaryOf(s.world)) }),
  'a canary pod crash-loops': s =>
    s.change({ canary: troubled(s, 'CrashLoopBackOff') }),
  'the image cannot be pulled': s => {
    const canary = troubled(s, 'ImagePullBackOff');
    s.change({
      canary: {
        ...canary,
        replicas: { ...canary.replicas, ready: 0, available: 0 },
      },
    });
  },
  'a second image hides behind the tag': s =>
    s.change({
      canary: {
        ...canaryOf(s.world),
        imageIds: { checkout: ['id-of-shop/checkout:v2', 'sha256:other'] },
      },
    }),
  'a metric fails': s => {
    s.answers = () => 'Fail';
    s.sleep(2 * MINUTE);
    s.skipGap();
  },
  'a metric has no data': s => {
    s.answers = () => 'NoData';
    s.sleep(2 * MINUTE);
    s.skipGap();
  },
  'data is missing for longer than the hold': s => {
    s.answers = () => 'NoData';
    s.sleep(2 * MINUTE).skipGap();
    s.tick()
      .sleep(6 * MINUTE)
      .skipGap();
  },
  'the deadline passes': s => s.sleep(31 * MINUTE).skipGap(),
  'no controller ran for ten minutes': s => s.sleep(10 * MINUTE),
};

function troubled(
  { world }: Simulation,
  reason: 'CrashLoopBackOff' | 'ImagePullBackOff',
) {
  return {
    ...canaryOf(world),
    problems: [{ pod: 'checkout-canary-1', reason, message: 'it is broken' }],
  };
}
