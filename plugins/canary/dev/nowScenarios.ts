import {
  CanaryApi,
  COMMANDS,
  Hold,
  PlanStep,
  Rollout,
} from 'backstage-plugin-canary-common';
import {
  after,
  eventFixture,
  FakeCanaryApi,
  measurementFixture,
  pausedFixture,
  planFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../src/__testUtils__';

/** The fixtures' day, moved to now, so that countdowns count. */
function today<T>(value: T): T {
  const shift = Date.now() - Date.parse('2026-11-22T20:05:45.000Z');
  return JSON.parse(
    JSON.stringify(value).replace(/2026-11-22T[\d:.]+Z/g, iso =>
      new Date(Date.parse(iso) + shift).toISOString(),
    ),
  );
}

const remaining = { estimatedMs: 131_000, waitsForPeople: false };
const waiting = {
  reason: 'Hold',
  message: 'Waits',
  nextCheckAt: after(350),
};

/** The history of a rollout that has walked the plan's first steps, ten seconds each. */
function walked(steps: number) {
  return Array.from({ length: steps }, (_, step) => [
    eventFixture(2 * step + 1, {
      kind: 'StepStarted',
      at: after(step * 7),
      message: `Step ${step + 1} begins`,
      data: { step },
    }),
    eventFixture(2 * step + 2, {
      kind: 'StepCompleted',
      at: after(step * 7 + 6),
      message: `Step ${step + 1} is done`,
      data: { step },
    }),
  ]).flat();
}

function api(rollout: Rollout, steps = rollout.step.index): CanaryApi {
  return new FakeCanaryApi({
    rollouts: today([
      rollout,
      succeededFixture({ id: 'past-1' }),
      rolledBackFixture({
        id: 'past-2',
        images: {
          stable: { app: 'shop/checkout:v1' },
          canary: { app: 'shop/checkout:v1-hotfix' },
        },
      }),
    ]),
    events: today(walked(steps)),
    measurements: today(
      Array.from({ length: 30 }, (_, n) => measurementFixture(n - 30)),
    ),
  });
}

function held(...holds: Hold[]): Rollout {
  return pausedFixture({ holds, remaining, waitingFor: waiting });
}

/** A plan of any number of steps. */
function stepsPlan(count: number): Rollout['plan'] {
  return planFixture({
    steps: Array.from(
      { length: count },
      (_, n): PlanStep =>
        n % 2 === 0
          ? {
              kind: 'setWeight',
              title: `Send ${n + 1} % to the canary`,
              params: { weight: n + 1 },
            }
          : {
              kind: 'pause',
              title: 'Pause for 10m',
              params: { durationMs: 600_000 },
            },
    ),
  });
}

const refusals = {
  promote:
    'The step is still working; promote ends a wait, it does not skip work.',
  resume: 'The rollout is not paused by hand; promote ends the other holds.',
};

/** What the upper part of the tab has to show: every phase, every wait, long and empty plans. */
export const nowScenarios: Record<string, () => CanaryApi> = {
  nowRefusals: () => api(rolloutFixture({ refusals, remaining })),
  nowPending: () => api(rolloutFixture({ phase: 'Pending', remaining }), 0),
  nowPlannedPause: () =>
    api(
      held({
        reason: 'StepPause',
        message: 'The plan pauses for 10m.',
        since: after(340),
        endsBy: 'time',
        until: after(373),
      }),
    ),
  nowManyHolds: () =>
    api(
      held(
        {
          reason: 'NoData',
          message: 'Metric latency has no usable data: 3 of 20 requests',
          since: after(320),
          endsBy: 'data',
          until: after(390),
        },
        {
          reason: 'Approval',
          message: 'Waiting for approval.',
          since: after(100),
          endsBy: 'person',
          approvers: ['group:default/sre', 'user:default/jane.doe'],
        },
        {
          reason: 'Manual',
          message: 'user:default/jane.doe paused the rollout: lunch',
          since: after(200),
          endsBy: 'person',
        },
      ),
    ),
  nowDisrupted: () =>
    api(
      pausedFixture({
        holds: [
          {
            reason: 'Disrupted',
            message:
              'Every pod of checkout-canary was taken away, and none had crashed: checkout-canary-5f2c9-x7k2p: EvictionByEvictionAPI: Eviction API: evicting.',
            since: after(330),
            endsBy: 'data',
            until: after(930),
          },
        ],
        weight: { desired: 0, observed: 0, verified: true },
        pods: {
          stable: { desired: 4, ready: 4 },
          canary: { desired: 2, ready: 0 },
        },
        allowedCommands: ['abort', 'pause'],
        remaining,
        waitingFor: waiting,
      }),
    ),
  nowGate: () =>
    api(
      rolloutFixture({
        step: {
          index: 4,
          total: 4,
          kind: 'gate',
          title: 'Final analysis',
          startedAt: after(335),
          deadlineAt: after(450),
        },
        weight: { desired: 50, observed: 50, verified: true },
        waitingFor: {
          ...waiting,
          message: 'Watching error-rate and latency for 8s more',
        },
        remaining: { estimatedMs: 8000, waitsForPeople: false },
      }),
    ),
  nowPromoting: () =>
    api(
      rolloutFixture({
        phase: 'Promoting',
        weight: { desired: 50, observed: 50, verified: true },
        waitingFor: {
          ...waiting,
          message: 'Deployment checkout: 2 of 4 pods run the new version',
        },
        allowedCommands: ['abort'],
        refusals: Object.fromEntries(
          COMMANDS.filter(each => !/abort|retry|rollback/.test(each)).map(
            each => [
              each,
              'The new version is being promoted already; the only way back is to abort.',
            ],
          ),
        ),
      }),
    ),
  nowRollingBack: () =>
    api(
      rolloutFixture({
        phase: 'RollingBack',
        outcome: {
          result: 'RolledBack',
          reason: 'MetricFailed',
          message:
            'Metric error-rate failed (background): canary 7.3 % is more than 1 %',
        },
        weight: { desired: 0, observed: 50, verified: false },
        allowedCommands: [],
        refusals: Object.fromEntries(
          COMMANDS.slice(0, 5).map(each => [
            each,
            'The rollout is being taken back; nothing else can be asked of it.',
          ]),
        ),
      }),
    ),
  nowForty: () =>
    api(
      rolloutFixture({
        plan: stepsPlan(40),
        step: {
          ...rolloutFixture().step,
          index: 22,
          total: 40,
          title: 'Send 23 % to the canary',
        },
        remaining: { estimatedMs: 5_400_000, waitsForPeople: true },
      }),
    ),
  nowOneStep: () =>
    api(
      rolloutFixture({
        plan: stepsPlan(1),
        step: { ...rolloutFixture().step, index: 0, total: 1 },
      }),
    ),
  nowNoSteps: () =>
    api(
      rolloutFixture({
        plan: { ...stepsPlan(0), analysis: 'none', metrics: {} },
        phase: 'Initializing',
        metrics: [],
        step: { ...rolloutFixture().step, index: 0, total: 0, kind: 'gate' },
        weight: { desired: 0, observed: 0, verified: true },
      }),
      0,
    ),
  nowSucceeded: () => api(succeededFixture()),
};
