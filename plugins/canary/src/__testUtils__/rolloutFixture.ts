import { Rollout } from 'backstage-plugin-canary-common';
import { planFixture } from './planFixture';

/** The entity that the fixtures are about. */
export const ENTITY_REF = 'component:default/checkout';

/** When the fixtures' rollout began. */
export const STARTED_AT = '2026-11-22T20:00:00.000Z';

/** An instant some seconds after {@link STARTED_AT}. */
export function after(seconds: number): string {
  return new Date(Date.parse(STARTED_AT) + seconds * 1000).toISOString();
}

/** A rollout that works on its third step; every part can be replaced. */
export function rolloutFixture(overrides: Partial<Rollout> = {}): Rollout {
  return {
    id: '7f3a2c1e-0000-4000-8000-000000000001',
    entityRef: ENTITY_REF,
    cluster: 'sandbox',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'checkout' },
    phase: 'Progressing',
    step: {
      index: 2,
      total: 4,
      kind: 'setWeight',
      title: 'Send 50 % of traffic',
      startedAt: after(330),
      deadlineAt: after(450),
    },
    weight: { desired: 50, observed: 10, verified: false },
    exposure: { weight: 50, headerRoutes: [] },
    images: {
      stable: { app: 'shop/checkout:v1' },
      canary: { app: 'shop/checkout:v2' },
    },
    pods: {
      stable: { desired: 4, ready: 4 },
      canary: { desired: 2, ready: 1 },
    },
    metrics: [
      {
        metric: 'error-rate',
        scope: 'background',
        verdict: 'Pass',
        rule: 'canary 0.4 % is at most 1 %',
        at: after(338),
      },
      {
        metric: 'latency',
        scope: 'background',
        verdict: 'NoData',
        rule: '12 of at least 20 requests',
        at: after(338),
      },
    ],
    plan: planFixture(),
    version: 7,
    allowedCommands: ['promoteFull', 'abort', 'pause'],
    refusals: {},
    needsAttention: false,
    holds: [],
    waitingFor: {
      reason: 'CanaryStarting',
      message: 'Waits for 1 of 2 canary pods to become ready',
      nextCheckAt: after(342),
    },
    warnings: [],
    startedBy: 'user:default/jane.doe',
    reason: 'Faster checkout',
    startedAt: STARTED_AT,
    ...overrides,
  };
}

/** The same rollout, waiting for a person. */
export function pausedFixture(overrides: Partial<Rollout> = {}): Rollout {
  return rolloutFixture({
    phase: 'Paused',
    step: {
      index: 3,
      total: 4,
      kind: 'approval',
      title: 'Approval by group:default/sre',
      startedAt: after(340),
    },
    weight: { desired: 50, observed: 50, verified: true },
    holds: [
      {
        reason: 'Approval',
        message: 'Waits for the approval of group:default/sre',
        since: after(340),
        endsBy: 'person',
      },
    ],
    waitingFor: undefined,
    allowedCommands: ['promote', 'promoteFull', 'abort', 'pause'],
    version: 9,
    ...overrides,
  });
}

/** The same rollout after its good end. */
export function succeededFixture(overrides: Partial<Rollout> = {}): Rollout {
  return rolloutFixture({
    phase: 'Succeeded',
    outcome: {
      result: 'Succeeded',
      reason: 'Promoted',
      message: 'shop/checkout:v2 passed every step and serves all traffic',
    },
    step: {
      index: 4,
      total: 4,
      kind: 'gate',
      title: 'Gate',
      startedAt: after(400),
    },
    weight: { desired: 0, observed: 0, verified: true },
    pods: { stable: { desired: 4, ready: 4 } },
    waitingFor: undefined,
    allowedCommands: ['rollback'],
    finishedAt: after(460),
    version: 14,
    ...overrides,
  });
}

/** The same rollout after it was taken back. */
export function rolledBackFixture(overrides: Partial<Rollout> = {}): Rollout {
  return succeededFixture({
    phase: 'RolledBack',
    outcome: {
      result: 'RolledBack',
      reason: 'MetricFailed',
      message: 'Error rate of the canary was 7.3 %, more than the allowed 1 %',
    },
    step: {
      index: 2,
      total: 4,
      kind: 'setWeight',
      title: 'Send 50 % of traffic',
      startedAt: after(330),
    },
    allowedCommands: ['retry'],
    ...overrides,
  });
}
