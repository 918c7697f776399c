import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  defineTrafficRouter,
  Judge,
  KubernetesObject,
  ObjectPatch,
} from 'backstage-plugin-canary-node';
import knexFactory, { Knex } from 'knex';
import { z } from 'zod';
import { DatabaseClock } from '../clock';
import { SimulatedClock } from '../clock/testing/SimulatedClock';
import { createEphemeralCanary } from '../engines';
import { MemoryCluster } from '../kubernetes/testing/MemoryCluster';
import { Registry } from '../registry';
import { Engine, RolloutState } from '../rollout';
import { commitCommand } from '../service/command/commitCommand';
import { builtInSteps, openRollout } from '../state-machine';
import { stepsOf, testFacts, testPlan } from '../state-machine/testing';
import { DatabaseCanaryStore } from '../store';
import { CanaryTelemetry } from '../telemetry';
import {
  checkoutDeployment,
  checkoutRollout,
  checkoutService,
} from '../workload/testing/shop';
import { Controller, LEASE_MS } from './Controller';
import { Heartbeat } from './replica/Heartbeat';
import { createTick } from './tick/createTick';

// So many ticks on a busy machine.
jest.setTimeout(30_000);

/** Long enough for a few ticks, and sooner than any that nothing has woken. */
const SOON_MS = 1_000;

const DEADLINE_MS = 300_000;

const ROUTE = {
  apiVersion: 'v1',
  kind: 'ConfigMap',
  namespace: 'shop',
  name: 'route',
};

const CANARY = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  namespace: 'shop',
  name: 'checkout-canary',
};

/** The plainest route there is: one number in a ConfigMap. */
const router = defineTrafficRouter({
  kind: 'gateway-api',
  capabilities: { weights: true, headers: false, mirror: false },
  params: z.any(),
  resources: () => [ROUTE],
  resolve: () => ({ stableService: 'checkout', original: {} }),
  observe: ([route]: any) => ({
    found: true,
    exposure: { ...NO_EXPOSURE, weight: Number(route.data.weight) },
    backend: route.data.backend,
    accepted: true,
    sticky: false,
  }),
  plan: ([route]: any, _target, _record, { exposure, backend }) => {
    const data = { weight: String(exposure.weight), backend };
    const body = { data };
    const patch: ObjectPatch = { type: 'merge', body };
    return route.data.weight === data.weight && route.data.backend === backend
      ? []
      : [{ verb: 'patch', ref: ROUTE, patch }];
  },
});

/** What a step sent, and how a test answers it. */
interface Call {
  readonly atMs: number;
  readonly key: string;
  readonly signal: AbortSignal;
  readonly answer: (status: number) => void;
  readonly fail: (error: Error) => void;
}

describe('the work of a step', () => {
  let clock: SimulatedClock;
  let knex: Knex;
  let store: DatabaseCanaryStore;
  let cluster: MemoryCluster;
  let calls: Call[];
  let begin: number;
  /** Whether pods of the canary are ready. */
  let isHealthy: boolean;
  let stops: (() => Promise<void>)[];

  beforeEach(async () => {
    clock = new SimulatedClock();
    begin = clock.now();
    calls = [];
    stops = [];
    isHealthy = true;
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
    store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock,
    });
    cluster = MemoryCluster.with(checkoutDeployment(), checkoutService(), {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'route', namespace: 'shop' },
      data: { weight: '0', backend: 'absent' },
    } as any);
    cluster.watch(
      { apiVersion: 'apps/v1', kind: 'Deployment', namespace: 'shop' },
      runPods,
      new AbortController().signal,
    );
  });
  afterEach(async () => {
    await Promise.all(stops.map(stop => stop()));
    await knex.destroy();
  });

  /** What the controllers of a cluster do, at once. */
  function runPods({ metadata, spec }: KubernetesObject) {
    if (metadata.name !== CANARY.name) return;
    const replicas = (spec as any).replicas;
    const ready = isHealthy ? replicas : 0;
    const status = {
      observedGeneration: metadata.generation,
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    };
    const found = cluster.read(CANARY);
    if (JSON.stringify(found?.status) === JSON.stringify(status)) return;
    if (found)
      cluster.edit(CANARY, object => Object.assign(object, { status }));
  }

  /** Every pod of the canary is down. */
  function killPods() {
    isHealthy = false;
    runPods(cluster.read(CANARY)!);
  }

  /** A replica of the backend. */
  function startReplica(owner = 'replica-1') {
    const steps = builtInSteps();
    const machineContext = () => ({
      step: (kind: string) => steps.get(kind),
      shift: { kind: 'route' as const, replicas: () => 1 },
    });
    const send = (
      _destination: string,
      _body: object,
      { idempotencyKey: key, signal }: any,
    ) =>
      new Promise<{ status: number }>((resolve, reject) =>
        calls.push({
          atMs: clock.now() - begin,
          key,
          signal,
          answer: status => resolve({ status }),
          fail: reject,
        }),
      );
    const engine: Engine<any> = createEphemeralCanary({
      clock,
      findCluster: async () => cluster,
      routers: new Registry('traffic router', [router]),
      steps,
      judges: new Registry<Judge>('judge', []),
      sources: { get: jest.fn() },
      machineContext,
      send,
    });
    const logger = mockServices.logger.mock();
    const databaseClock = new DatabaseClock(clock);
    const heartbeat = new Heartbeat({
      replicas: store,
      owner,
      clock,
      databaseClock,
      leaseMs: LEASE_MS,
      reaches: () => ['local'],
    });
    const controller = new Controller({
      rollouts: store,
      leases: store,
      heartbeat,
      clock: databaseClock,
      logger,
      leave: id => engine.leave(id),
      tick: createTick({
        engine,
        rollouts: store,
        auditor: mockServices.auditor.mock(),
        logger,
        telemetry: CanaryTelemetry.create({
          metrics: { createCounter: () => ({ add: () => {} }) } as any,
        }),
        announce: () => {},
        assertProven: () => heartbeat.assertProven(),
      }),
    });
    engine.onNews(id => controller.wake(id));
    controller.start();
    const stop = () => controller.stop();
    stops.push(stop);
    return { controller, engine, stop };
  }

  const add = (...steps: object[]) => {
    const { startSnapshot } = checkoutRollout();
    const { templateHash, uid } = startSnapshot;
    const { next } = openRollout(
      testFacts({
        plan: testPlan({
          steps: stepsOf(...steps),
          analysis: 'none',
          deadlineMs: DEADLINE_MS,
        }),
        startSnapshot: { uid, templateHash, replicas: 4, configuration: {} },
      }),
      clock.now(),
    );
    return store.create(next, [], []);
  };
  const read = async (): Promise<RolloutState> =>
    (await store.get('r1'))!.state;

  /** Time passes, in steps short enough for every tick to end at its own time. */
  async function pass(ms: number) {
    for (let left = ms; left > 0; left -= 50) {
      await clock.advance(Math.min(50, left));
    }
  }

  const begun = async (count: number) => {
    for (let tries = 0; calls.length < count && tries < 100; tries++) {
      await pass(500);
    }
    expect(calls).toHaveLength(count);
    return calls[count - 1];
  };

  /** A person's click that reaches this replica. */
  async function click(
    { controller, engine }: ReturnType<typeof startReplica>,
    command: 'abort' | 'pause' | 'resume',
  ) {
    const stored = (await store.get('r1'))!;
    const expectedVersion = stored.state.version;
    await commitCommand(
      {
        store,
        engine,
        ownershipRefsOf: async () => [],
        announce: () => [],
        wake: id => controller.wake(id),
        adopt: row => controller.adopt(row),
        owner: controller.owner,
        clock,
      },
      stored,
      { command, expectedVersion },
      mockCredentials.user(),
    );
  }

  const LOAD_TEST = { webhook: { name: 'load-test' } };

  // An audit: 100 s at 30 % without a canary pod, because a webhook hung.
  it('hides no danger, however long it takes: the next tick takes the rollout back', async () => {
    await add({ setWeight: 30 }, LOAD_TEST);
    startReplica();
    const call = await begun(1);
    expect(cluster.read(ROUTE)).toMatchObject({ data: { weight: '30' } });

    killPods();
    await pass(5_000);
    expect(await read()).toMatchObject({
      phase: 'RollingBack',
      outcome: { reason: 'CanaryUnavailable' },
    });
    expect(cluster.read(ROUTE)).toMatchObject({ data: { weight: '0' } });
    expect(call.signal.aborted).toBe(true);
  });

  it('begins with its step, and its result ends the step at once, however far away the next tick is', async () => {
    await add(LOAD_TEST, { pause: {} });
    startReplica();
    const call = await begun(1);
    const { items } = await store.events('r1', {});
    const started = items.find(({ kind }) => kind === 'StepStarted')!;
    expect(begin + call.atMs - Date.parse(started.at)).toBeLessThan(SOON_MS);

    await pass(30_000);
    call.answer(204);
    await pass(SOON_MS);
    expect(await read()).toMatchObject({ phase: 'Paused', step: { index: 1 } });
    await pass(30_000);
    expect(calls).toHaveLength(1);
  });

  it('is tried again ever more rarely, never twice at a time, and says why', async () => {
    await add(LOAD_TEST, { pause: {} });
    startReplica();
    const waits: number[] = [];
    for (let count = 1; count <= 6; count++) {
      const call = await begun(count);
      await pass(12_000);
      expect(calls).toHaveLength(count);
      call.answer(503);
      const failedAt = clock.now() - begin;
      await pass(SOON_MS / 2);
      expect((await read()).waitingFor?.message).toBe(
        'The webhook load-test answered 503',
      );
      const next = await begun(count + 1);
      waits.push(Math.round((next.atMs - failedAt) / 1_000));
    }
    expect(waits).toEqual([1, 2, 5, 10, 10, 10]);
    expect(new Set(calls.map(({ key }) => key))).toEqual(new Set(['r1/0']));

    calls.at(-1)!.answer(204);
    await pass(SOON_MS);
    expect((await read()).step.index).toBe(1);
  });

  it('is bounded by the deadline of its step', async () => {
    await add({ setWeight: 30 }, LOAD_TEST);
    startReplica();
    const call = await begun(1);
    await clock.advance(DEADLINE_MS);
    expect(await read()).toMatchObject({
      outcome: { reason: 'DeadlineExceeded' },
    });
    expect(call.signal.aborted).toBe(true);
  });

  it('ends when somebody aborts the rollout, which waits for nothing', async () => {
    await add({ setWeight: 30 }, LOAD_TEST);
    const replica = startReplica();
    const call = await begun(1);
    await click(replica, 'abort');
    await pass(SOON_MS);
    expect(cluster.read(ROUTE)).toMatchObject({ data: { weight: '0' } });
    expect(call.signal.aborted).toBe(true);
  });

  it('goes on through a pause, after which its result counts', async () => {
    await add(LOAD_TEST, { pause: {} });
    const replica = startReplica();
    const call = await begun(1);
    await click(replica, 'pause');
    await pass(SOON_MS);
    expect((await read()).phase).toBe('Paused');
    call.answer(204);
    await pass(30_000);
    expect((await read()).step.index).toBe(0);
    await click(replica, 'resume');
    await pass(SOON_MS);
    expect((await read()).step.index).toBe(1);
    expect(calls).toHaveLength(1);
  });

  it('ends with its replica, and is done again by another one with the same key', async () => {
    await add(LOAD_TEST, { pause: {} });
    const first = startReplica();
    const call = await begun(1);
    await first.stop();
    expect(call.signal.aborted).toBe(true);

    startReplica('replica-2');
    const again = await begun(2);
    expect(again.key).toBe(call.key);
    again.answer(204);
    await pass(SOON_MS);
    expect((await read()).step.index).toBe(1);
  });

  it('ends when another replica takes the rollout, and begins anew where it comes back', async () => {
    await add(LOAD_TEST, { pause: {} });
    startReplica();
    const call = await begun(1);
    const { state, revision, epoch } = (await store.get('r1'))!;
    await store.commit({
      id: 'r1',
      revision,
      epoch,
      takeover: { owner: 'replica-2' },
      next: state,
      events: [],
      measurements: [],
      outbox: [],
    });
    // Which is no more: nothing keeps the first one from taking it back.
    const again = await begun(2);
    expect(call.signal.aborted).toBe(true);
    expect(again.key).toBe(call.key);
    again.answer(204);
    await pass(SOON_MS);
    expect((await read()).step.index).toBe(1);
  });
});
