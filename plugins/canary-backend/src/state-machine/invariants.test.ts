import fc from 'fast-check';
import {
  isEnded,
  isExposed,
  NO_EXPOSURE,
} from 'backstage-plugin-canary-common';
import {
  nothingSeen,
  OBSERVED_OBJECTS,
  ObservedObject,
  RolloutState,
} from '../rollout';
import { MachineCommand } from './commands';
import { exceeds } from '../rollout/exposure';
import {
  deployment,
  drained,
  MINUTE,
  recovered,
  SECOND,
  Simulation,
  stepsOf,
  testPlan,
} from './testing';

/** One thing that happens in a rollout's life, as a value that shrinks well. */
type Happening =
  | { readonly do: 'run'; readonly seconds: number }
  | { readonly do: 'sleep'; readonly seconds: number }
  | { readonly do: 'command'; readonly command: MachineCommand }
  | {
      readonly do: 'answer';
      readonly answer:
        | 'Pass'
        | 'NoData'
        | 'Error'
        | 'Inconclusive'
        | 'Growing'
        | 'Fail';
    }
  | { readonly do: 'route'; readonly weight: number }
  | { readonly do: 'routeGone' | 'routeBack' | 'unreachable' | 'reachable' }
  | { readonly do: 'unseen'; readonly object: ObservedObject }
  | { readonly do: 'stall' | 'apply' }
  | { readonly do: 'sticky' }
  | { readonly do: 'canaryDies' | 'canaryHalf' | 'baselineDies' }
  | { readonly do: 'canaryDrained' | 'canaryBack' | 'canaryCrashes' }
  | {
      readonly do:
        | 'stableChanged'
        | 'stableGone'
        | 'scaleStable'
        | 'stopStable';
    };

const simple = [
  'routeGone',
  'routeBack',
  'unreachable',
  'reachable',
  'stall',
  'apply',
  'sticky',
  'canaryDies',
  'canaryHalf',
  'canaryDrained',
  'canaryDrained',
  'canaryBack',
  'canaryBack',
  'canaryCrashes',
  'baselineDies',
  'stableChanged',
  'stableGone',
  'scaleStable',
  'stopStable',
] as const;

const seconds = fc.integer({ min: 1, max: 400 });
const happenings = fc.array(
  fc.oneof(
    {
      weight: 12,
      arbitrary: fc.record({ do: fc.constant('run' as const), seconds }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('sleep' as const), seconds }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('command' as const),
        command: fc.constantFrom<MachineCommand>(
          'promote',
          'promote',
          'promoteFull',
          'abort',
          'pause',
          'resume',
          'resume',
        ),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant('answer' as const),
        answer: fc.constantFrom(
          'Pass' as const,
          'Pass' as const,
          'Pass' as const,
          'NoData' as const,
          'Error' as const,
          'Inconclusive' as const,
          'Growing' as const,
          'Fail' as const,
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('route' as const),
        weight: fc.constantFrom(0, 3, 50, 100),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant('unseen' as const),
        object: fc.constantFrom(...OBSERVED_OBJECTS),
      }),
    },
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...simple) }) },
  ),
  { maxLength: 30 },
) as fc.Arbitrary<Happening[]>;

const { metrics } = testPlan();

const plan = testPlan({
  metrics: { 'error-rate': { ...metrics['error-rate'], baseline: 'fresh' } },
  steps: stepsOf(
    { setWeight: 5 },
    { analysis: { metrics: ['error-rate'], interval: '30s', duration: '2m' } },
    { headerRoute: { name: 'beta', header: 'x-beta', value: '1' } },
    { setWeight: 60 },
    { approval: { timeout: '1h' } },
    { setWeight: 20 },
    { pause: { duration: '3m' } },
    { setReplicas: { percent: 50 } },
  ),
});

function happen(simulation: Simulation, happening: Happening) {
  const { world } = simulation;
  switch (happening.do) {
    case 'run':
      return simulation.run(happening.seconds * SECOND);
    case 'sleep':
      return simulation.sleep(happening.seconds * SECOND);
    case 'command':
      return simulation.command(happening.command);
    case 'answer':
      simulation.answers = () => happening.answer;
      return undefined;
    case 'route':
      return simulation.change({
        traffic: {
          ...world.traffic,
          exposure: { weight: happening.weight, headerRoutes: [] },
        },
      });
    case 'routeGone':
      return simulation.change({
        traffic: {
          ...world.traffic,
          found: false,
          backend: 'absent',
          exposure: NO_EXPOSURE,
        },
      });
    case 'routeBack':
      return simulation.change({ traffic: { ...world.traffic, found: true } });
    case 'unreachable':
      return simulation.change({
        unknown: nothingSeen('Cluster local does not answer.'),
      });
    case 'unseen':
      return simulation.change({
        unknown: { ...world.unknown, [happening.object]: 'It is forbidden.' },
      });
    case 'reachable':
      return simulation.change({ unknown: undefined });
    case 'stall':
      simulation.applies = false;
      return undefined;
    case 'apply':
      simulation.applies = true;
      return undefined;
    case 'sticky':
      return simulation.change({ traffic: { ...world.traffic, sticky: true } });
    case 'canaryDies':
      return simulation.change({ canary: undefined });
    case 'canaryDrained':
      return simulation.change({
        canary: world.canary && drained(world.canary),
      });
    case 'canaryBack':
      return simulation.change({
        canary: world.canary && recovered(world.canary),
      });
    case 'canaryCrashes':
      return simulation.change({
        canary: world.canary && {
          ...world.canary,
          replicas: { ...world.canary.replicas, available: 0, ready: 0 },
          pods: world.canary.pods.map(pod => ({ ...pod, state: 'failing' })),
        },
      });
    case 'baselineDies':
      return simulation.change({ freshBaseline: undefined });
    case 'canaryHalf':
      return simulation.change({
        canary: world.canary && {
          ...world.canary,
          replicas: { ...world.canary.replicas, available: 1, ready: 1 },
        },
      });
    case 'stableChanged':
      return simulation.change({
        stable: deployment('uid-stable', { checkout: 'shop/checkout:v9' }, 10),
      });
    case 'stableGone':
      return simulation.change({ stable: undefined });
    case 'scaleStable':
      return simulation.change({ stable: scaledTo(20, world) });
    case 'stopStable':
      return simulation.change({ stable: scaledTo(0, world) });
    default:
      return undefined;
  }
}

function scaledTo(replicas: number, { stable }: Simulation['world']) {
  return (
    stable && {
      ...deployment(stable.uid, stable.images, replicas),
      fence: stable.fence,
    }
  );
}

type Law = (
  before: RolloutState,
  after: RolloutState,
  simulation: Simulation,
  wasSeen: boolean,
) => boolean;

const raised: Law = (before, after) =>
  exceeds(after.desired.exposure, before.desired.exposure);

const isReachable = ({ desired, verified }: RolloutState) =>
  isExposed(desired.exposure) || isExposed(verified.exposure);

const isBounded = ({ phase, promotion }: RolloutState) =>
  phase === 'Pending' ||
  phase === 'Initializing' ||
  (phase === 'Promoting' && promotion?.doneAt === undefined);

const isDisrupted = ({ holds }: RolloutState) =>
  holds.some(({ reason }) => reason === 'Disrupted');

const WALKING = ['Progressing', 'Paused'];

/** What must be true of every committed step, whatever happens. */
const laws: Readonly<Record<string, Law>> = {
  'an ended rollout never changes': (before, after) =>
    !isEnded(before.phase) || after === before,
  'exposure only rises while walking, never after an abort': (...step) =>
    !raised(...step) ||
    (WALKING.includes(step[1].phase) && step[0].phase !== 'RollingBack'),
  'exposure only rises onto a canary that is available': (...step) => {
    const [, after, { world }] = step;
    const available = world.canary?.replicas.available ?? 0;
    // A lock only helps to clean up.
    const { lock: _, ...unknown } = world.unknown ?? {};
    return (
      !raised(...step) ||
      (available >= after.desired.replicas && Object.keys(unknown).length === 0)
    );
  },
  'exposure only rises beside a fresh baseline that is available': (
    ...step
  ) => {
    const [, after, { world }] = step;
    const available = world.freshBaseline?.replicas.available ?? 0;
    return !raised(...step) || available >= after.desired.replicas;
  },
  'a fresh baseline never outlives the canary, nor stays with a promotion': (
    _,
    { phase, desired },
  ) =>
    desired.freshBaseline !== 'present' ||
    (desired.canary === 'present' && phase !== 'Promoting'),
  'nothing is raised while anything holds the rollout': (...step) => {
    const [before, after] = step;
    return (
      before.holds.length === 0 ||
      after.holds.length === 0 ||
      (!raised(...step) && after.step.index === before.step.index)
    );
  },
  'nobody is sent to a canary that is seen without a ready pod': (
    _,
    { phase, desired },
    { world: { canary, unknown } },
    wasSeen,
  ) =>
    !wasSeen ||
    unknown?.canary !== undefined ||
    (canary?.replicas.ready ?? 0) > 0 ||
    phase === 'Pending' ||
    !isExposed(desired.exposure),
  'nobody is sent to a canary while its pods are away': (_, after) =>
    !isDisrupted(after) || !isExposed(after.desired.exposure),
  'nothing is measured while nobody is on the canary for that': (_, after) =>
    !isDisrupted(after) || after.analyses.length === 0,
  'a rollout waits for its pods twice at most': (_, { disruptions = 0 }) =>
    disruptions <= 2,
  'a step is entered anew behind a disruption alone': (before, after) =>
    after.step.index !== before.step.index ||
    after.step.startedAt === before.step.startedAt ||
    before.phase === 'Initializing' ||
    (isDisrupted(before) && !isDisrupted(after)),
  'the canary is never absent or smaller while users may reach it': (
    before,
    after,
  ) =>
    !isReachable(after) ||
    (after.desired.canary === 'present' &&
      after.desired.replicas >= before.desired.replicas),
  'the canary only goes when the route shows that nobody reaches it': (
    before,
    after,
    { world },
  ) =>
    before.desired.canary === 'absent' ||
    after.desired.canary === 'present' ||
    (!world.unknown?.traffic &&
      !(world.traffic.found && isExposed(world.traffic.exposure))),
  'nothing ends while anything of it is unknown': (
    before,
    after,
    { world: { unknown = {} } },
  ) =>
    !isEnded(after.phase) ||
    isEnded(before.phase) ||
    Object.keys(unknown).every(object => object === 'pods'),
  'nothing is ended or deleted on an absence that is younger than 10 s': (
    before,
    after,
    { now },
  ) => {
    const concluded =
      (after.outcome?.reason === 'WorkloadDeleted' && !before.outcome) ||
      (after.desired.canary === 'absent' &&
        before.desired.canary === 'present') ||
      isEnded(after.phase) !== isEnded(before.phase);
    return (
      !concluded ||
      Object.entries(after.unseen ?? {}).every(
        // What cannot be read is another law's.
        ([, { since, as }]) => as === 'unknown' || now - since >= 10_000,
      )
    );
  },
  'nobody is to reach a canary that the route does not name': (
    _,
    { desired },
  ) => desired.backend === 'present' || !isExposed(desired.exposure),
  'no step is repeated': (before, after) =>
    after.step.index >= before.step.index,
  'promotion comes by the gate or by promoteFull alone': (before, after) =>
    before.phase === 'Promoting' ||
    after.phase !== 'Promoting' ||
    after.promotion?.cause === 'full' ||
    (after.promotion?.cause === 'gate' &&
      after.step.index === plan.steps.length),
  'nothing but promoteFull skips the rest of the plan': (
    _,
    after,
    { events },
  ) =>
    (after.promotion?.cause === 'full') ===
    events.some(({ data }) => data.command === 'promoteFull'),
  'the stable is untouched before the promotion': (_, { phase, desired }) =>
    desired.stable === 'untouched' ||
    !['Pending', 'Initializing', ...WALKING].includes(phase),
  'a rollout is Paused exactly while something holds it': (_, after) =>
    (after.phase === 'Paused') === after.holds.length > 0,
  'every wait has a reason and a next tick': (_, after) =>
    (after.waitingFor !== undefined && after.requeueAt !== undefined) !==
    isEnded(after.phase),
  'work has a deadline': (_, after) =>
    (after.phase !== 'Progressing' || after.step.deadlineAt !== undefined) &&
    (!isBounded(after) || after.phaseDeadlineAt !== undefined),
  'the version grows by one at most, and never shrinks': (before, after) =>
    [0, 1].includes(after.version - before.version),
  'an outcome is there from RollingBack on': (_, { phase, outcome }) =>
    outcome !== undefined || !(phase === 'RollingBack' || isEnded(phase)),
};

/** Steps that began for the first time, by the events: 1, 2, 3, … without a hole. */
function stepsBegun({ events }: Simulation): unknown[] {
  return events
    .filter(({ kind, data }) => kind === 'StepStarted' && !data.again)
    .map(({ data }) => data.step);
}

describe('whatever happens to a rollout', () => {
  it(`keeps ${Object.keys(laws).length} laws in every committed step`, () => {
    fc.assert(
      fc.property(happenings, story => {
        const simulation = Simulation.start({ plan });
        simulation.onCommit.push((before, after, wasSeen) => {
          for (const [name, law] of Object.entries(laws)) {
            if (!law(before, after, simulation, wasSeen))
              throw new Error(`Broken: ${name}`);
          }
        });
        for (const happening of story) happen(simulation, happening);
        const begun = stepsBegun(simulation);
        expect(begun).toEqual(begun.map((_, i) => i));
      }),
      { numRuns: 200 },
    );
  });

  it('comes to an end once it is aborted and the cluster answers', () => {
    fc.assert(
      fc.property(happenings, story => {
        const simulation = Simulation.start({ plan });
        for (const happening of story) happen(simulation, happening);
        simulation.command('abort');
        simulation.applies = true;
        simulation.change({ unknown: undefined });
        simulation.run(60 * MINUTE);
        expect(isEnded(simulation.rollout.phase)).toBe(true);
        expect(simulation.world.canary).toBeUndefined();
        expect(simulation.world.freshBaseline).toBeUndefined();
        expect(simulation.world.traffic.backend).toBe('absent');
        expect(simulation.world.trafficFence).toBeUndefined();
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    ['a canary', () => Simulation.start({ plan: testPlan() })],
    ['a restore', () => Simulation.startRollback()],
  ])(
    'never succeeds without a pod that runs it, whenever the stable of %s is scaled to 0',
    (_, start) => {
      for (let ticks = 0; ; ticks++) {
        const simulation = start();
        for (let done = 0; done < ticks; done++) simulation.next();
        if (isEnded(simulation.rollout.phase)) break;
        simulation.change({ stable: scaledTo(0, simulation.world) });
        simulation.run(60 * MINUTE);
        expect(simulation.rollout.phase).toBe('RolledBack');
        expect(simulation.world.canary).toBeUndefined();
      }
    },
  );

  it('loses its users at once when it is aborted, whatever but the route cannot be read', () => {
    const readable = OBSERVED_OBJECTS.filter(object => object !== 'traffic');
    fc.assert(
      fc.property(
        happenings,
        fc.subarray(readable, { minLength: 1 }),
        (story, unread) => {
          const simulation = Simulation.start({ plan });
          for (const happening of story) happen(simulation, happening);
          simulation.applies = true;
          const unknown = Object.fromEntries(
            unread.map(object => [object, 'It is forbidden.']),
          );
          simulation.change({ unknown });
          simulation.command('abort');
          const { traffic } = simulation.world;
          // Our share of a route that somebody else took is theirs.
          if (isEnded(simulation.rollout.phase) || !traffic.found) return;
          if (simulation.rollout.reversals > 0) return;
          simulation.run(SECOND);
          expect(simulation.world.traffic.exposure.weight).toBe(0);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('an observation that repeats itself writes nothing', () => {
    fc.assert(
      fc.property(happenings, story => {
        const simulation = Simulation.start({ plan });
        for (const happening of story) happen(simulation, happening);
        simulation.applies = false;
        for (let i = 0; i < 10; i++) simulation.tick();
        const settled = simulation.rollout;
        expect(simulation.tick().rollout).toBe(settled);
      }),
      { numRuns: 50 },
    );
  });
});
