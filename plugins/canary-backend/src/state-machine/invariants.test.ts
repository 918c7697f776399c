import fc from 'fast-check';
import {
  isEnded,
  isExposed,
  NO_EXPOSURE,
} from 'backstage-plugin-canary-common';
import { RolloutState } from '../model';
import { MachineCommand } from './commands';
import { exceeds } from './exposure';
import {
  deployment,
  MINUTE,
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
  | { readonly do: 'stall' | 'apply' }
  | { readonly do: 'sticky' }
  | { readonly do: 'canaryDies' | 'canaryHalf' }
  | { readonly do: 'stableChanged' | 'stableGone' | 'scaleStable' };

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
  'stableChanged',
  'stableGone',
  'scaleStable',
] as const;

const seconds = fc.integer({ min: 1, max: 900 });
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
    { weight: 4, arbitrary: fc.record({ do: fc.constantFrom(...simple) }) },
  ),
  { maxLength: 40 },
) as fc.Arbitrary<Happening[]>;

const plan = testPlan({
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
        unreachable: 'Cluster local does not answer.',
      });
    case 'reachable':
      return simulation.change({ unreachable: undefined });
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
      return simulation.change({
        stable: world.stable && {
          ...deployment(world.stable.uid, world.stable.images, 20),
          fence: world.stable.fence,
        },
      });
    default:
      return undefined;
  }
}

type Law = (
  before: RolloutState,
  after: RolloutState,
  world: Simulation,
) => void;

/** What must hold for every committed step, whatever happens. */
const laws: Readonly<Record<string, Law>> = {
  'an ended rollout never changes': (before, after) => {
    if (isEnded(before.phase)) expect(after).toBe(before);
  },
  'exposure only rises while walking, never after an abort': (
    before,
    after,
  ) => {
    if (!exceeds(after.desired.exposure, before.desired.exposure)) return;
    expect(after.phase === 'Progressing' || after.phase === 'Paused').toBe(
      true,
    );
    expect(before.phase).not.toBe('RollingBack');
  },
  'exposure only rises onto a canary that is available': (
    before,
    after,
    { world },
  ) => {
    if (!exceeds(after.desired.exposure, before.desired.exposure)) return;
    expect(world.canary?.replicas.available).toBeGreaterThanOrEqual(
      after.desired.replicas,
    );
    expect(world.unreachable).toBeUndefined();
  },
  'nothing is raised while anything holds the rollout': (before, after) => {
    if (before.holds.length === 0 || after.holds.length === 0) return;
    expect(after.desired.exposure).toEqual(before.desired.exposure);
    expect(after.step.index).toBe(before.step.index);
  },
  'the canary is never absent or smaller while users may reach it': (
    before,
    after,
  ) => {
    const reached =
      isExposed(after.desired.exposure) || isExposed(after.verified.exposure);
    if (!reached) return;
    expect(after.desired.canary).toBe('present');
    expect(after.desired.replicas).toBeGreaterThanOrEqual(
      before.desired.replicas,
    );
  },
  'the canary only goes when the route shows that nobody reaches it': (
    before,
    after,
    { world },
  ) => {
    if (
      before.desired.canary !== 'present' ||
      after.desired.canary !== 'absent'
    )
      return;
    expect(world.traffic.found && isExposed(world.traffic.exposure)).toBe(
      false,
    );
    expect(world.unreachable).toBeUndefined();
  },
  'no step is skipped or repeated': (before, after) => {
    expect(after.step.index).toBeGreaterThanOrEqual(before.step.index);
  },
  'promotion comes by the gate or by promoteFull alone': (before, after) => {
    if (before.phase === 'Promoting' || after.phase !== 'Promoting') return;
    expect(after.step.promoted || after.step.index === plan.steps.length).toBe(
      true,
    );
  },
  'the stable is untouched before the promotion': (_, after) => {
    const early = ['Pending', 'Initializing', 'Progressing', 'Paused'];
    if (early.includes(after.phase))
      expect(after.desired.stable).toBe('untouched');
  },
  'a rollout is Paused exactly while something holds it': (_, after) => {
    expect(after.phase === 'Paused').toBe(after.holds.length > 0);
  },
  'every wait has a reason and a next look': (_, after) => {
    expect(
      after.waitingFor !== undefined && after.requeueAt !== undefined,
    ).toBe(!isEnded(after.phase));
  },
  'work has a deadline': (
    _,
    { phase, step, phaseDeadlineAt, promotionDoneAt },
  ) => {
    if (phase === 'Progressing') expect(step.deadlineAt).toBeDefined();
    const bounded =
      phase === 'Pending' ||
      phase === 'Initializing' ||
      (phase === 'Promoting' && promotionDoneAt === undefined);
    if (bounded) expect(phaseDeadlineAt).toBeDefined();
  },
  'the version grows by one at most, and never shrinks': (before, after) => {
    expect([0, 1]).toContain(after.version - before.version);
  },
  'an outcome is there from RollingBack on': (_, after) => {
    if (after.phase === 'RollingBack' || isEnded(after.phase))
      expect(after.outcome).toBeDefined();
  },
};

/** Says which law was broken. */
function naming(law: string, check: () => void) {
  try {
    check();
  } catch (error) {
    throw new Error(`Broken: ${law}\n${(error as Error).message}`);
  }
}

/** Steps that began, by the events: 1, 2, 3, … without a hole. */
function stepsBegun({ events }: Simulation): unknown[] {
  return events
    .filter(({ kind }) => kind === 'StepStarted')
    .map(({ data }) => data.step);
}

describe('whatever happens to a rollout', () => {
  it(`keeps ${Object.keys(laws).length} laws in every committed step`, () => {
    fc.assert(
      fc.property(happenings, story => {
        const simulation = Simulation.start({ plan });
        simulation.onCommit.push((before, after) => {
          for (const [name, law] of Object.entries(laws)) {
            naming(name, () => law(before, after, simulation));
          }
        });
        for (const happening of story) happen(simulation, happening);
        const begun = stepsBegun(simulation);
        expect(begun).toEqual(begun.map((_, i) => i));
      }),
      { numRuns: 300 },
    );
  });

  it('comes to an end once it is aborted and the cluster answers', () => {
    fc.assert(
      fc.property(happenings, story => {
        const simulation = Simulation.start({ plan });
        for (const happening of story) happen(simulation, happening);
        simulation.command('abort');
        simulation.applies = true;
        simulation.change({ unreachable: undefined });
        simulation.run(60 * MINUTE);
        expect(isEnded(simulation.rollout.phase)).toBe(true);
        expect(simulation.world.canary).toBeUndefined();
        expect(simulation.world.traffic.backend).toBe('absent');
        expect(simulation.world.trafficFence).toBeUndefined();
      }),
      { numRuns: 150 },
    );
  });

  it('a look that repeats itself writes nothing', () => {
    fc.assert(
      fc.property(happenings, story => {
        const simulation = Simulation.start({ plan });
        for (const happening of story) happen(simulation, happening);
        simulation.applies = false;
        for (let i = 0; i < 10; i++) simulation.tick();
        const settled = simulation.rollout;
        expect(simulation.tick().rollout).toBe(settled);
      }),
      { numRuns: 150 },
    );
  });
});
