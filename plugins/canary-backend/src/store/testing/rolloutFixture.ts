import { Measurement, Phase } from 'backstage-plugin-canary-common';
import { Instant, NewEvent, RolloutState } from '../../rollout';

/** An instant that is over on every clock. */
export const LONG_AGO: Instant = Date.UTC(2001, 0, 1);

/** An instant that no test lives to see. */
export const FAR_AWAY: Instant = Date.UTC(2999, 0, 1);

/** A rollout as stores and relays see one; its workload is named like its id. */
export function rolloutFixture(
  id: string,
  changes: Partial<RolloutState> = {},
): RolloutState {
  return {
    id,
    entityRef: `component:default/${id}`,
    strategy: 'canary',
    target: {
      cluster: 'production',
      namespace: 'shop',
      kind: 'Deployment',
      name: id,
    },
    plan: {
      name: 'careful-web',
      title: 'Careful web service',
      source: 'app-config',
      traffic: {
        router: 'gateway-api',
        params: { route: { name: id } },
        drainMs: 30_000,
        settleMs: 5_000,
        tolerance: 5,
      },
      steps: [
        { kind: 'setWeight', title: 'Send 5 %', params: { weight: 5 } },
        { kind: 'approval', title: 'Approval', params: {} },
      ],
      analysis: 'none',
      metrics: {},
      deadlineMs: 1_800_000,
      onNoData: { holdMs: 300_000, then: 'rollback' },
      acceptCapacityRisk: false,
    },
    images: { stable: { app: 'shop/web:v1' }, canary: { app: 'shop/web:v2' } },
    phase: 'Progressing',
    version: 1,
    phaseSince: LONG_AGO,
    step: { index: 0, startedAt: LONG_AGO },
    holds: [],
    desired: {
      canary: 'present',
      replicas: 1,
      backend: 'present',
      exposure: { weight: 5, headerRoutes: [] },
      stable: 'untouched',
      hpaFloor: false,
    },
    startSnapshot: {
      uid: 'd2c1',
      templateHash: '7c9f',
      replicas: 3,
      configuration: {},
    },
    traffic: { stableService: id, original: {} },
    verified: {
      exposure: { weight: 0, headerRoutes: [] },
      since: LONG_AGO,
    },
    analyses: [],
    canaryImageIds: {},
    reversals: 0,
    warnings: [],
    startedBy: 'user:default/ada',
    startedAt: LONG_AGO,
    requeueAt: LONG_AGO,
    ...changes,
  };
}

/** The same rollout at its end. */
export function ended(
  rollout: RolloutState,
  phase: Extract<Phase, 'Succeeded' | 'RolledBack'>,
  finishedAt: Instant = LONG_AGO,
): RolloutState {
  return { ...rollout, phase, finishedAt, requeueAt: undefined };
}

/** An event that says `message`. */
export function eventFixture(
  message: string,
  changes: Partial<NewEvent> = {},
): NewEvent {
  return {
    at: LONG_AGO,
    kind: 'Decision',
    actor: 'system',
    message,
    data: { rule: message },
    ...changes,
  };
}

/** A passing measurement of `metric`. */
export function measurementFixture(
  metric: string,
  at: string,
  changes: Partial<Measurement> = {},
): Measurement {
  return {
    metric,
    scope: 'background',
    at,
    window: { from: at, to: at },
    weight: 5,
    canary: 0.4,
    stable: 0.3,
    unit: 'percent',
    verdict: 'Pass',
    rule: '0.4 is at most 1',
    query: 'errors{}',
    ...changes,
  };
}
