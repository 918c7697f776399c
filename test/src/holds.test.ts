/* eslint-disable @backstage/no-relative-monorepo-imports -- what each reader makes of a hold, which no package exports */
import { actionsRegistryServiceMock } from '@backstage/backend-test-utils/alpha';
import { mockCredentials } from '@backstage/backend-test-utils';
import {
  Hold,
  HOLD_ENDS,
  HOLD_REASONS,
  HoldEnd,
  HoldReason,
  PlanStep,
  Rollout,
} from 'backstage-plugin-canary-common';
import { registerActions } from '../../plugins/canary-backend/src/api/actions/registerActions';
import { paperEngine } from '../../plugins/canary-backend/src/engines/testing/paperEngine';
import { OwnerNotice } from '../../plugins/canary-backend/src/outbox/messages';
import { noticesOf } from '../../plugins/canary-backend/src/outbox/noticesOf';
import {
  drained,
  MINUTE,
  recovered,
  Simulation,
  stepsOf,
  testPlan,
} from '../../plugins/canary-backend/src/state-machine/testing';
import { endsWhen } from '../../plugins/canary/src/components/Now/endsWhen';
import { holdWords } from '../../plugins/canary/src/components/Now/holdWords';
import { lastEnd } from '../../plugins/canary/src/components/Now/lastEnd';
import type { Translate } from '../../plugins/canary/src/translation';
import { messages } from '../../plugins/canary/src/translation/messages';

/** How a hold comes about, and what everybody who reads it makes of it. */
interface Row {
  readonly reason: HoldReason;
  readonly how: string;
  readonly make: () => Simulation;
  /** What a person does then. */
  readonly act?: (simulation: Simulation) => void;
  /** What is seen of the cluster when it ends well, where metrics are not all of it. */
  readonly recovers?: (simulation: Simulation) => void;
  readonly endsBy: HoldEnd;
  readonly needsAttention: boolean;
  readonly notifies: 'owners' | 'nobody';
  /** Whether the action `wait-for-rollout` comes back for it. */
  readonly endsUntilPaused: boolean;
  /** What the page says: why it waits, what happens at its time, what ends it well. */
  readonly page: string;
}

const ANALYSIS = {
  analysis: { metrics: ['error-rate'], interval: '30s', duration: '5m' },
};
/** Longer than every deadline, pause and timeout of the rows. */
const HOURS = 3 * 60 * MINUTE;
const PATIENT = { holdMs: 5 * MINUTE, then: 'pause' } as const;

const steps = (...items: readonly object[]): { steps: PlanStep[] } => ({
  steps: stepsOf({ setWeight: 5 }, ...items),
});
const start = (plan: Parameters<typeof testPlan>[0] = {}) =>
  Simulation.start({ plan: testPlan(plan) });

/** In an analysis that users are measured by. */
const analysing = (plan: Parameters<typeof testPlan>[0] = {}) =>
  start({ ...steps(ANALYSIS), ...plan }).until(({ analyses }) =>
    analyses.some(run => run.scope === 'step-1'),
  );

/** Every hold that can be made; none is made anywhere else. */
const ROWS: readonly Row[] = [
  {
    reason: 'StepPause',
    how: 'pause: { duration: 5m }',
    make: () => start(steps({ pause: { duration: '5m' } })),
    endsBy: 'time',
    needsAttention: false,
    notifies: 'nobody',
    endsUntilPaused: false,
    page: 'planned pause, goes on then. Ends when: Its time is over, or somebody promotes',
  },
  {
    reason: 'StepPause',
    how: 'pause: {}',
    make: () => start(steps({ pause: {} })),
    endsBy: 'person',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'planned pause until somebody promotes. Ends when: Somebody promotes',
  },
  {
    reason: 'StepPause',
    how: 'pause: { timeout: 1h }',
    make: () => start(steps({ pause: { timeout: '1h' } })),
    endsBy: 'rollback',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'planned pause until somebody promotes, taken back then unless this ends first. Ends when: Somebody promotes',
  },
  {
    reason: 'Approval',
    how: 'approval: { by }',
    make: () => start(steps({ approval: { by: 'group:default/sre' } })),
    endsBy: 'person',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'waiting for approval by group sre. Ends when: One of those who may approve promotes',
  },
  {
    reason: 'Approval',
    how: 'approval: { timeout: 1h }',
    make: () => start(steps({ approval: { timeout: '1h' } })),
    endsBy: 'rollback',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'Waiting for approval by a permitted person, at most 1h, taken back then unless this ends first. Ends when: One of those who may approve promotes',
  },
  {
    reason: 'Inconclusive',
    how: 'an analysis ends undecided',
    make: () => {
      const simulation = analysing();
      simulation.answers = scope =>
        scope === 'step-1' ? 'Inconclusive' : 'Pass';
      return simulation;
    },
    endsBy: 'person',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'Inconclusive: The analysis of error-rate ended undecided; somebody has to decide. Ends when: Somebody promotes or aborts',
  },
  {
    reason: 'Inconclusive',
    how: 'the gate ends undecided',
    make: () => {
      const simulation = start(steps());
      simulation.answers = scope =>
        scope === 'gate' ? 'Inconclusive' : 'Pass';
      return simulation;
    },
    endsBy: 'rollback',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'Inconclusive: The gate ended undecided: error-rate: the simulation answered Inconclusive, taken back then unless this ends first. Ends when: Somebody promotes or aborts',
  },
  {
    reason: 'NoData',
    how: 'data is missing, onNoData: { then: rollback }',
    make: () => withoutData(analysing()),
    endsBy: 'data',
    needsAttention: true,
    notifies: 'nobody',
    endsUntilPaused: false,
    page: 'Metric error-rate has no usable data: the simulation answered NoData, taken back then unless this ends first. Ends when: Data comes again, or somebody promotes',
  },
  {
    reason: 'NoData',
    how: 'data is missing, onNoData: { then: pause }',
    make: () => withoutData(analysing({ onNoData: PATIENT })),
    endsBy: 'data',
    needsAttention: true,
    notifies: 'nobody',
    endsUntilPaused: false,
    page: 'Metric error-rate has no usable data: the simulation answered NoData, a person has to decide then. Ends when: Data comes again, or somebody promotes',
  },
  {
    reason: 'NoData',
    how: 'data stays missing, onNoData: { then: pause }',
    make: () => withoutData(analysing({ onNoData: PATIENT })),
    endsBy: 'person',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'Metric error-rate stayed without usable data for 300 s; a person has to decide. Ends when: Somebody promotes or aborts',
  },
  {
    reason: 'NoData',
    how: 'a source failed too often, onNoData: { then: pause }',
    make: () => withoutData(analysing({ onNoData: PATIENT }), 'Exhausted'),
    endsBy: 'person',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'Metric error-rate failed more often in a row than it may; a person has to decide. Ends when: Somebody promotes or aborts',
  },
  {
    reason: 'ForeignChange',
    how: "somebody changes the canary's share",
    make: () => {
      const simulation = analysing();
      const { traffic } = simulation.world;
      return simulation.change({
        traffic: { ...traffic, exposure: { weight: 80, headerRoutes: [] } },
      });
    },
    endsBy: 'rollback',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: "Changed by somebody else: Somebody changed the canary's share in the route in front of checkout: it is 80 % of the traffic, decided was 5 % of the traffic. Ends when: The change is undone, or somebody aborts",
  },
  {
    reason: 'ForeignChange',
    how: 'the route is gone',
    make: () => {
      const simulation = analysing();
      const { traffic } = simulation.world;
      return simulation.change({
        traffic: {
          ...traffic,
          found: false,
          backend: 'absent',
          exposure: { weight: 0, headerRoutes: [] },
        },
      });
    },
    endsBy: 'rollback',
    needsAttention: true,
    notifies: 'owners',
    endsUntilPaused: true,
    page: 'Changed by somebody else: The route in front of checkout is gone. Ends when: The change is undone, or somebody aborts',
  },
  {
    reason: 'Disrupted',
    how: 'every canary pod is evicted',
    make: () => {
      const simulation = analysing();
      return simulation.change({ canary: drained(simulation.world.canary!) });
    },
    recovers: simulation =>
      simulation.change({ canary: recovered(simulation.world.canary!) }),
    endsBy: 'data',
    needsAttention: true,
    notifies: 'nobody',
    endsUntilPaused: false,
    page: 'Every pod of checkout-canary was taken away, and none had crashed: uid-canary-0: EvictionByEvictionAPI: its node is drained. Nobody is sent to the canary; this step begins again when its pods are back, taken back then unless this ends first. Ends when: The canary has its pods again, or somebody aborts',
  },
  {
    reason: 'Manual',
    how: 'pause, by a person, who knows of it',
    make: () => analysing(),
    act: simulation => simulation.command('pause'),
    endsBy: 'person',
    needsAttention: true,
    notifies: 'nobody',
    endsUntilPaused: true,
    page: 'user:default/jane paused the rollout: because. Ends when: Somebody resumes',
  },
];

function withoutData(
  simulation: Simulation,
  answer: 'NoData' | 'Exhausted' = 'NoData',
): Simulation {
  simulation.answers = () => answer;
  return simulation;
}

/** Plays until the hold stands, and says who heard of it. */
function play({ make, act, reason, endsBy }: Row) {
  const simulation = make();
  const notices: OwnerNotice[] = [];
  let noted = simulation.events.length;
  simulation.onCommit.push((before, after) => {
    const events = simulation.events.slice(noted);
    noted = simulation.events.length;
    notices.push(
      ...noticesOf({
        previous: paperEngine.view(before, simulation.now),
        next: paperEngine.view(after, simulation.now),
        events,
      }),
    );
  });
  act?.(simulation);
  simulation.until(({ holds }) =>
    holds.some(hold => hold.reason === reason && hold.endsBy === endsBy),
  );
  const rollout: Rollout = {
    ...paperEngine.view(simulation.rollout, simulation.now),
    ...paperEngine.commands(simulation.rollout),
  };
  return { simulation, rollout, notices };
}

/** How long `wait-for-rollout` with `untilPaused` waits for something else. */
async function waitedMs(rollout: Rollout): Promise<number> {
  const actionsRegistry = actionsRegistryServiceMock();
  let now = 0;
  registerActions({
    actionsRegistry,
    service: { get: async () => rollout } as any,
    clock: {
      now: () => now,
      sleep: async ms => {
        now += ms;
      },
    },
  });
  await actionsRegistry.invoke({
    id: 'test:wait-for-rollout',
    input: { id: 'r1', untilPaused: true },
    credentials: mockCredentials.user(),
  });
  return now;
}

/** The page's words in English. */
const t = ((key: string, values: Record<string, string> = {}) =>
  key
    .split('.')
    .reduce<any>((words, part) => words[part], messages)
    .replace(
      /{{(\w+)}}/g,
      (_: string, name: string) => values[name],
    )) as unknown as Translate;

function pageOf(rollout: Rollout, hold: Hold): string {
  const { until } = hold;
  const atLast = until && t(`now.${lastEnd(rollout, hold)}`, { when: 'then' });
  const why = [holdWords(t, rollout, hold), atLast].filter(Boolean).join(', ');
  return `${why}. Ends when: ${endsWhen(t, hold)}`;
}

const named = ROWS.map(row => [row.reason, row.how, row] as const);

it('has a row for every reason and every end', () => {
  expect(new Set(ROWS.map(row => row.reason))).toEqual(new Set(HOLD_REASONS));
  expect(new Set(ROWS.map(row => row.endsBy))).toEqual(new Set(HOLD_ENDS));
});

it.each(named)('%s (%s) is one thing to all', async (reason, how, row) => {
  const { rollout, notices } = play(row);
  const hold = rollout.holds.find(one => one.reason === reason)!;
  const { make: _, act: __, recovers: ___, ...want } = row;
  expect({
    reason,
    how,
    endsBy: hold.endsBy,
    needsAttention: rollout.needsAttention,
    notifies: notices.length > 0 ? 'owners' : 'nobody',
    endsUntilPaused: (await waitedMs(rollout)) === 0,
    page: pageOf(rollout, hold),
  }).toEqual(want);
});

it.each(named)('%s (%s) ends as it says', (reason, _, row) => {
  const { simulation } = play(row);
  simulation.answers = () => 'Pass';
  row.recovers?.(simulation);
  const { index } = simulation.rollout.step;
  simulation.run(HOURS);
  const { rollout } = simulation;
  const isHeld = rollout.holds.some(hold => hold.reason === reason);
  const isBack = rollout.phase === 'RolledBack';
  expect({ isHeld, isBack, goesOn: rollout.step.index > index }).toEqual({
    isHeld: row.endsBy === 'person',
    isBack: row.endsBy === 'rollback',
    goesOn: row.endsBy === 'time' || row.endsBy === 'data',
  });
});
