/* eslint-disable @backstage/no-relative-monorepo-imports -- the very composition */
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { DatabaseClock } from '../../../../plugins/canary-backend/src/clock';
import { createController } from '../../../../plugins/canary-backend/src/composition/createController';
import { createEngine } from '../../../../plugins/canary-backend/src/composition/createEngine';
import { createOutbox } from '../../../../plugins/canary-backend/src/composition/createOutbox';
import { createService } from '../../../../plugins/canary-backend/src/composition/createService';
import type { CanaryService } from '../../../../plugins/canary-backend/src/service';
import { SimulatedCluster } from '../cluster/SimulatedCluster';
import { SimulatedMetrics } from '../outside/SimulatedMetrics';
import { SimulatedProcess } from '../SimulatedProcess';
import { planLibrary, registries } from '../story/plans';
import type { World } from './World';

/** A backend process with the plugin in it. */
export interface Backend {
  readonly process: SimulatedProcess;
  /** Its name as an owner of rollouts. */
  readonly owner: string;
  readonly service: CanaryService;
  /** Ends it as an orderly shutdown does. */
  shutDown(): Promise<void>;
}

const ENTITY = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: {
      'canary/workload': 'deployment/checkout',
      'backstage.io/kubernetes-namespace': 'shop',
    },
  },
  relations: [{ type: 'ownedBy', targetRef: 'group:default/shop' }],
};

/** Starts the plugin in a process: its own controller, engine, service and relay, with everything outside simulated. */
export async function startBackend(
  process: SimulatedProcess,
  world: World,
): Promise<Backend> {
  const hooks = { startup: [] as Hook[], shutdown: [] as Hook[] };
  const store = await world.database.connect(process);
  const clock = new DatabaseClock(process.clock);
  const cluster = new SimulatedCluster(process, world);
  const metrics = new SimulatedMetrics(process, world);
  const services: any = {
    logger: loggerOf(process, world),
    auditor: {
      createEvent: async () => ({
        success: async () => {},
        fail: async () => {},
      }),
    },
    metrics: { createCounter: () => ({ add() {} }) },
    lifecycle: {
      addStartupHook: (hook: Hook) => hooks.startup.push(hook),
      addShutdownHook: (hook: Hook) => hooks.shutdown.push(hook),
    },
    catalog: {
      getEntityByRef: async () => ENTITY,
    },
    auth: { getOwnServiceCredentials: async () => ({}) },
    userInfo: { getUserInfo: async () => ({ ownershipEntityRefs: [] }) },
    permissions: {
      authorize: async (asked: unknown[]) =>
        asked.map(() => ({ result: AuthorizeResult.ALLOW })),
    },
    signals: { publish: async () => {} },
    events: {
      publish: async ({ eventPayload }: any) =>
        world.delivered(process, eventPayload),
    },
    notifications: { send: async () => {} },
    newId: () => world.newId(process),
  };
  const clusters = { clusters: async () => [cluster] };
  const engine = createEngine(
    {
      ...services,
      clusters,
      sources: { get: () => metrics } as any,
      webhooks: { names: [], disabled: new Map(), send: async () => {} } as any,
      clock,
    },
    registries,
  );
  const relay = createOutbox({ ...services, store, clock });
  const controller = createController(
    {
      ...services,
      store,
      clusters,
      engine,
      clock,
      processClock: process.clock,
      announce: () => relay.wake(),
      afterLastCommit: () => relay.stop(),
    },
    registries,
  );
  const service = createService(
    {
      ...services,
      store,
      engine,
      plans: planLibrary,
      clusters,
      controller,
      relay,
      clock,
    },
    registries,
  );
  for (const hook of hooks.startup) void hook();
  return {
    process,
    owner: controller.owner,
    service,
    shutDown: async () => {
      await Promise.all(hooks.shutdown.map(hook => hook()));
    },
  };
}

type Hook = () => void | Promise<void>;

function loggerOf(process: SimulatedProcess, world: World) {
  const say = (level: string) => (message: string, error?: Error) =>
    world.logged(process, level, message, error);
  return { debug() {}, info() {}, warn: say('warn'), error: say('error') };
}
