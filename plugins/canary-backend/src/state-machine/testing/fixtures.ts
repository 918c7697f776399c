import { Plan, PlanStep } from 'backstage-plugin-canary-common';
import { Instant, RolloutState } from '../../rollout';
import { shareOf } from '../../rollout/percent';
import { MachineContext } from '../context';
import { openRollout, RolloutFacts } from '../openRollout';
import { builtInSteps } from '../steps';

/** When every simulated story begins. */
export const START: Instant = Date.parse('2026-03-02T09:00:00Z');

export const SECOND = 1_000;
export const MINUTE = 60_000;

const steps = builtInSteps();

/** The built-in steps over a route with weights, ten pods per 100 %. */
export const testContext: MachineContext = {
  step: kind => steps.get(kind),
  shift: {
    kind: 'route',
    replicas: (weight, stable) =>
      Math.max(1, Math.ceil((weight * stable) / 100)),
  },
};

const podsOf = (weight: number, stable: number) =>
  weight === 0
    ? 0
    : Math.max(1, Math.round((weight * stable) / (100 - weight)));

/** As `testContext`, where pods are the traffic. */
export const scalingContext: MachineContext = {
  ...testContext,
  shift: {
    kind: 'pods',
    replicas: podsOf,
    reachableWeight: (weight, stable) => {
      const canary = podsOf(weight, stable);
      return shareOf(canary, canary + stable);
    },
  },
};

/** Steps as YAML holds them: `{ setWeight: 5 }`. */
export function stepsOf(...items: readonly object[]): PlanStep[] {
  return items.map(item => {
    const [[kind, value]] = Object.entries(item);
    const step = testContext.step(kind);
    const params = step.params.parse(value);
    return { kind, params, title: step.describe(params) };
  });
}

/** A plan in which everything takes minutes; override what a test is about. */
export function testPlan(overrides: Partial<Plan> = {}): Plan {
  return {
    name: 'careful',
    title: 'Careful',
    source: 'app-config',
    traffic: {
      router: 'gateway-api',
      params: { route: { name: 'checkout' } },
      drainMs: 30 * SECOND,
      settleMs: 10 * SECOND,
      tolerance: 5,
    },
    steps: stepsOf(
      { setWeight: 5 },
      { pause: { duration: '5m' } },
      { setWeight: 50 },
    ),
    analysis: {
      metrics: ['error-rate'],
      intervalMs: 30 * SECOND,
      windowMs: 150 * SECOND,
      from: 5,
      gateMs: 150 * SECOND,
    },
    metrics: {
      'error-rate': {
        name: 'error-rate',
        title: 'Errors',
        source: 'prometheus',
        query: 'errors',
        unit: 'percent',
        minimumSample: 10,
        judge: { kind: 'threshold', params: { max: 1 } },
        failureLimit: 0,
        inconclusiveLimit: 0,
      },
    },
    deadlineMs: 30 * MINUTE,
    onNoData: { holdMs: 5 * MINUTE, then: 'rollback' },
    acceptCapacityRisk: false,
    ...overrides,
  };
}

/** Facts of a start of `shop/checkout` from v1 to v2 with ten pods. */
export function testFacts(overrides: Partial<RolloutFacts> = {}): RolloutFacts {
  return {
    id: 'r1',
    entityRef: 'component:default/checkout',
    target: {
      cluster: 'local',
      namespace: 'shop',
      kind: 'Deployment',
      name: 'checkout',
    },
    plan: testPlan(),
    images: {
      stable: { checkout: 'shop/checkout:v1' },
      canary: { checkout: 'shop/checkout:v2' },
    },
    startSnapshot: {
      uid: 'uid-stable',
      templateHash: 'hash-of-shop/checkout:v1',
      replicas: 10,
      configuration: {},
    },
    traffic: { stableService: 'checkout', original: {} },
    startedBy: 'user:default/jane',
    warnings: [],
    ...overrides,
  };
}

/** A rollout that has just been started. */
export function startedRollout(
  overrides?: Partial<RolloutFacts>,
): RolloutState {
  return openRollout(testFacts(overrides), START).next;
}
