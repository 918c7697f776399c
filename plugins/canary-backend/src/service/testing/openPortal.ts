import { BackstageUserPrincipal } from '@backstage/backend-plugin-api';
import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Plan } from 'backstage-plugin-canary-common';
import {
  defineTrafficRouter,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import knexFactory from 'knex';
import { z } from 'zod';
import { systemClock } from '../../clock/systemClock';
import {
  builtInJudges,
  calibratePlan,
  estimateDetection,
  rejudge,
} from '../../analysis';
import { paperContext, paperEngine } from '../../engines/testing/paperEngine';
import { Registry } from '../../registry';
import { builtInSteps } from '../../state-machine';
import { DatabaseCanaryStore, StoredRollout } from '../../store';
import {
  CanaryServiceOptions,
  DefaultCanaryService,
} from '../DefaultCanaryService';
import { StartFacts } from '../start/preflight';

/** When every test portal believes it is: 2026-11-22, noon. */
export const NOON = Date.UTC(2026, 10, 22, 12);

/** Entities of the test portal, as people annotated them. */
export const entities: Entity[] = [
  {
    ...component('checkout', { 'canary/workload': 'deployment/checkout' }),
    relations: [
      { type: 'ownedBy', targetRef: 'group:default/shop' },
      { type: 'partOf', targetRef: 'system:default/commerce' },
    ],
  },
  component('payments', { 'canary/workload': 'deployment/payments' }),
  component('bare', undefined),
  component('twins', { 'backstage.io/kubernetes-id': 'twins' }),
  component('ghost', { 'backstage.io/kubernetes-id': 'ghost' }),
  component('gone', { 'canary/workload': 'deployment/gone' }),
];

function component(name: string, annotations?: Record<string, string>): Entity {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, annotations },
    spec: { type: 'service' },
  };
}

/** A plan of three steps with a gate. */
export const plan: Plan = {
  name: 'careful',
  title: 'Careful',
  source: 'app-config',
  traffic: {
    router: 'test',
    params: {},
    drainMs: 30_000,
    settleMs: 5_000,
    tolerance: 5,
  },
  steps: [
    { kind: 'setWeight', title: 'Send 5 %', params: { weight: 5 } },
    {
      kind: 'pause',
      title: 'Wait for 10m',
      params: { durationMs: 600_000 },
    },
    { kind: 'setWeight', title: 'Send 50 %', params: { weight: 50 } },
  ],
  analysis: {
    metrics: [],
    intervalMs: 30_000,
    windowMs: 150_000,
    gateMs: 300_000,
  },
  metrics: {},
  deadlineMs: 1_800_000,
  onNoData: { holdMs: 300_000, then: 'rollback' },
  acceptCapacityRisk: false,
};

/** A Deployment `shop/<name>:v1` with four replicas and nothing in its way. */
export function startFacts(name: string): StartFacts {
  return {
    startSnapshot: {
      uid: `uid-of-${name}`,
      templateHash: '7c9f',
      replicas: 4,
      configuration: { 'ConfigMap settings': 'digest-1' },
    },
    images: { app: `shop/${name}:v1` },
    containers: [{ name: 'app', kind: 'container' }],
    podLabels: { app: name },
    health: { ready: 4 },
    taken: [],
    refusals: [],
    warnings: [],
  };
}

/** What a test may change about the world before it asks. */
export interface World {
  /** By name of the Deployment; absent means that there is none. */
  workloads: Record<string, StartFacts>;
  /** Names of Deployments that a label selector finds. */
  found: Record<string, string[]>;
  plans: Record<string, Plan>;
  /** What the router says of the route. */
  routeProblem?: string;
  infeasible: string[];
  /** Groups of a user, by the user's ref. */
  groups: Record<string, string[]>;
  now: number;
  monotonicMs: () => number;
}

/** A traffic router that splits requests and says nothing else. */
const router = defineTrafficRouter({
  kind: 'test',
  capabilities: { weights: true, headers: false, mirror: false },
  params: z.object({}),
  resources: () => [],
  resolve: () => ({ stableService: 'checkout', original: {} }),
  observe: () => ({
    found: true,
    exposure: { weight: 0, headerRoutes: [] },
    backend: 'absent',
    accepted: true,
    sticky: false,
  }),
  plan: () => [],
});

/**
 * The commands room with a real store and the real machine; only the cluster
 * behind it is made of values that a test can change.
 */
export async function openPortal(changes: Partial<CanaryServiceOptions> = {}) {
  const world: World = {
    workloads: {
      checkout: startFacts('checkout'),
      payments: startFacts('payments'),
    },
    found: { twins: ['left', 'right'] },
    plans: { careful: plan },
    infeasible: [],
    groups: {},
    now: NOON,
    monotonicMs: systemClock.monotonicMs,
  };
  const knex = knexFactory({
    client: 'better-sqlite3',
    connection: ':memory:',
    useNullAsDefault: true,
  });
  const clock = {
    now: () => world.now,
    monotonicMs: () => world.monotonicMs(),
  };
  const store = await DatabaseCanaryStore.create({
    database: { getClient: async () => knex },
    clock,
  });
  const catalog = catalogServiceMock({ entities });
  const steps = builtInSteps();
  const woken: string[] = [];
  const adopted: StoredRollout[] = [];
  let ids = 0;

  const options: CanaryServiceOptions = {
    store,
    catalog,
    ownershipRefsOf: async ({ principal }) =>
      world.groups[(principal as BackstageUserPrincipal).userEntityRef] ?? [],
    plans: {
      list: async () => Object.values(world.plans),
      get: async name => world.plans[name],
      planFor: async (_entity, requested = 'careful') => {
        const found = world.plans[requested];
        if (!found) throw new InputError(`There is no plan ${requested}`);
        return found;
      },
    },
    clusters: {
      clusters: async () => [
        {
          name: 'eu',
          list: async (query: { labelSelector?: string }) =>
            (world.found[query.labelSelector?.split('=')[1] ?? ''] ?? []).map(
              name =>
                ({
                  kind: 'Deployment',
                  metadata: { name },
                } as KubernetesObject),
            ),
        } as any,
      ],
    },
    routers: new Registry('traffic router', [router]),
    steps,
    calibratePlan,
    estimateDetection,
    judges: builtInJudges(),
    rejudge,
    engine: paperEngine,
    machineContext: () => paperContext,
    readStart: async (_cluster, target) => world.workloads[target.name],
    resolveTraffic: async (_cluster, { target }) => {
      if (world.routeProblem) throw new InputError(world.routeProblem);
      return { stableService: target.name, original: {} };
    },
    readCloneProblems: async () => ({ refusals: [], warnings: [] }),
    tryOut: async () => ({ refusals: [], warnings: [] }),
    checkFeasible: () => ({ refusals: world.infeasible, warnings: [] }),
    announce: next => [
      {
        topic: 'changed',
        payload: { rolloutId: next.id, version: next.version },
      },
    ],
    wake: id => woken.push(id),
    adopt: stored => adopted.push(stored),
    owner: 'replica-1',
    clock,
    newId: () => `r${++ids}`,
    ...changes,
  };
  return {
    world,
    store,
    catalog,
    woken,
    adopted,
    options,
    service: new DefaultCanaryService(options),
    close: () => knex.destroy(),
  };
}

/** @see openPortal */
export type Portal = Awaited<ReturnType<typeof openPortal>>;
