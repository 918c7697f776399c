import { AuditorService } from '@backstage/backend-plugin-api';
import { mockServices } from '@backstage/backend-test-utils';
import { defineTrafficRouter, Judge } from 'backstage-plugin-canary-node';
import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import knexFactory, { Knex } from 'knex';
import { z } from 'zod';
import { Registry } from '../../registry';
import { builtInSteps } from '../../state-machine';
import { DatabaseCanaryStore, StoredRollout } from '../../store';
import { LONG_AGO, rolloutFixture } from '../../store/testing/rolloutFixture';
import { CanaryTelemetry } from '../../telemetry';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { templateHash } from '../../workload/manifests/templateHash';
import {
  checkoutDeployment,
  checkoutService,
  checkoutTemplate,
} from '../../workload/testing/shop';
import {
  createEphemeralCanary,
  EphemeralCanaryDeps,
} from '../../engines/ephemeral-canary/createEphemeralCanary';
import { createTick } from './createTick';

const NOW = LONG_AGO + 10_000;
const { signal } = new AbortController();

/** A route that is always there and sends nothing to the canary. */
const router = defineTrafficRouter({
  kind: 'gateway-api',
  capabilities: { weights: true, headers: false, mirror: false },
  params: z.any(),
  resources: () => [],
  resolve: () => ({ stableService: 'checkout', original: {} }),
  observe: () => ({
    found: true,
    exposure: NO_EXPOSURE,
    backend: 'absent',
    accepted: true,
    sticky: false,
  }),
  plan: () => [],
});

describe('createTick', () => {
  let knex: Knex;
  let store: DatabaseCanaryStore;
  let cluster: MemoryCluster;
  let stored: StoredRollout;
  const counted = jest.fn();
  const announce = jest.fn();

  beforeEach(async () => {
    jest.resetAllMocks();
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
    store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock: { now: () => NOW },
    });
    cluster = MemoryCluster.with(
      checkoutDeployment({ replicas: 3 }, { uid: 'd2c1' }),
      checkoutService(),
    );
    await store.create(
      rolloutFixture('checkout', {
        phase: 'Pending',
        images: {
          stable: { checkout: 'shop/checkout:v1' },
          canary: { checkout: 'shop/checkout:v2' },
        },
        startSnapshot: {
          ...rolloutFixture('checkout').startSnapshot,
          templateHash: templateHash(checkoutTemplate()),
        },
        desired: {
          canary: 'absent',
          replicas: 0,
          backend: 'absent',
          exposure: NO_EXPOSURE,
          stable: 'untouched',
          hpaFloor: false,
        },
      }),
      [],
      [],
    );
    stored = (await store.get('checkout'))!;
  });
  afterEach(() => knex.destroy());

  function tickOf(
    changes: Partial<EphemeralCanaryDeps> = {},
    auditor: AuditorService = mockServices.auditor.mock(),
  ) {
    const steps = builtInSteps();
    return createTick({
      engine: createEphemeralCanary({
        clock: { now: () => NOW, sleep: async () => {} },
        findCluster: async () => cluster,
        routers: new Registry('traffic router', [router]),
        steps,
        judges: new Registry<Judge>('judge', []),
        sources: { get: jest.fn() },
        machineContext: () => ({
          step: kind => steps.get(kind),
          shift: { kind: 'route', replicas: () => 1 },
        }),
        send: jest.fn(),
        ...changes,
      }),
      rollouts: store,
      telemetry: CanaryTelemetry.create({
        metrics: {
          createCounter: (name: string) => ({
            add: (_: number, labels = {}) => counted(name, labels),
          }),
        } as any,
      }),
      auditor,
      logger: mockServices.logger.mock(),
      announce,
      assertProven: () => {},
    });
  }
  const outbox = async () =>
    (await knex('canary_outbox').orderBy('id')).map(row => row.topic);

  it('commits a decision together with the message that tells it', async () => {
    const { stored: committed } = await tickOf()(stored, NOW, signal);
    expect(committed.state.phase).toBe('Initializing');
    expect((await store.get('checkout'))?.revision).toBe(committed.revision);
    expect(await outbox()).toEqual(['changed']);
    expect(announce).toHaveBeenCalledTimes(1);
    expect(counted.mock.calls).toEqual([
      ['canary.ticks', {}],
      ['canary.decisions', { phase: 'Initializing' }],
    ]);
    expect(cluster.writes).toContain('create Deployment shop/checkout-canary');
  });

  it('touches nothing when somebody else was faster, and counts it', async () => {
    const { state, revision, epoch } = stored;
    const findCluster = async () => {
      await store.commit({
        id: state.id,
        revision,
        epoch,
        next: { ...state, version: 2 },
        events: [],
        measurements: [],
        outbox: [],
      });
      return cluster;
    };
    await expect(
      tickOf({ findCluster })(stored, NOW, signal),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(counted).toHaveBeenCalledWith('canary.commit.conflicts', {});
    expect(await outbox()).toEqual([]);
    expect(announce).not.toHaveBeenCalled();
    expect(cluster.writes).toEqual([]);
  });

  it('holds the rollout, in words, when its cluster left the configuration', async () => {
    const findCluster = async () => {
      throw new Error('Cluster "production" is not configured');
    };
    const tick = tickOf({ findCluster });
    const { stored: held } = await tick(stored, NOW, signal);
    expect(held.state).toMatchObject({
      phase: 'Pending',
      waitingFor: {
        reason: 'ClusterUnreachable',
        message: 'Cluster "production" is not configured',
      },
    });
    const again = await tick(held, NOW, signal);
    expect(again.requeueAt).toBe(NOW + 5_000);
  });

  it('commits, whatever becomes of the audit', async () => {
    const auditor = mockServices.auditor.mock();
    auditor.createEvent.mockRejectedValue('disk full');
    const overdue = {
      ...stored,
      state: {
        ...stored.state,
        phase: 'Initializing' as const,
        phaseDeadlineAt: NOW - 1,
      },
    };
    const { stored: committed } = await tickOf({}, auditor)(
      overdue,
      NOW,
      signal,
    );
    expect(committed.state.phase).toBe('RollingBack');
    expect(auditor.createEvent).toHaveBeenCalledTimes(1);
  });
});
