import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import knexFactory, { Knex } from 'knex';
import { paperEngine } from '../engines/testing/paperEngine';
import { RolloutState } from '../rollout';
import { SimulatedClock } from '../clock/testing/SimulatedClock';
import { DatabaseCanaryStore } from '../store';
import { LONG_AGO, rolloutFixture } from '../store/testing/rolloutFixture';
import { outboxOf } from './outboxOf';
import { OutboxRelay } from './OutboxRelay';

const entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: { name: 'web' },
  relations: [
    { type: 'ownedBy', targetRef: 'group:default/shop' },
    { type: 'ownedBy', targetRef: 'user:default/ada' },
    { type: 'partOf', targetRef: 'system:default/shop' },
  ],
};
const running = rolloutFixture('web');
const failing: RolloutState = {
  ...running,
  version: 2,
  phase: 'RollingBack',
  outcome: { result: 'RolledBack', reason: 'MetricFailed', message: 'why' },
};

const viewOf = (rollout: RolloutState) => paperEngine.view(rollout, LONG_AGO);
const messages = (previous: RolloutState | undefined, next: RolloutState) =>
  outboxOf({
    previous: previous && viewOf(previous),
    next: viewOf(next),
    events: [],
  });

describe('OutboxRelay', () => {
  let knex: Knex;
  let store: DatabaseCanaryStore;
  let relay: OutboxRelay;
  let clock: SimulatedClock;

  const logger = mockServices.logger.mock();
  const signals = { publish: jest.fn() };
  const events = { publish: jest.fn(), subscribe: jest.fn() };
  const notifications = { send: jest.fn() };
  const catalog = catalogServiceMock({ entities: [entity] });

  const waiting = async () =>
    (await knex('canary_outbox').orderBy('id')).map(row => row.topic);
  const versions = () =>
    signals.publish.mock.calls.map(([{ message }]) => message.version);

  beforeEach(async () => {
    jest.resetAllMocks();
    clock = new SimulatedClock(1_000_000);
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
    store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock,
    });
    relay = OutboxRelay.create({
      store,
      signals,
      events,
      notifications,
      catalog,
      auth: mockServices.auth(),
      logger,
      clock,
      intervalMs: 3_600_000,
    });
    await store.create(running, [], messages(undefined, running));
  });
  afterEach(async () => {
    await relay.stop();
    await knex.destroy();
  });

  const commit = async (next: RolloutState) => {
    const stored = (await store.get('web'))!;
    await store.commit({
      id: 'web',
      revision: stored.revision,
      epoch: stored.epoch,
      next,
      events: [],
      measurements: [],
      outbox: messages(stored.state, next),
    });
  };

  it('tells browsers three facts and plugins the change, in order', async () => {
    await commit({ ...running, version: 2 });
    await commit({ ...running, version: 3 });
    await relay.deliverDue();
    expect(signals.publish.mock.calls[0]).toEqual([
      {
        recipients: { type: 'broadcast' },
        channel: 'canary',
        message: {
          entityRef: 'component:default/web',
          rolloutId: 'web',
          version: 1,
        },
      },
    ]);
    expect(versions()).toEqual([1, 2, 3]);
    expect(events.publish.mock.calls[2]).toEqual([
      {
        topic: 'canary.rollout',
        eventPayload: {
          rolloutId: 'web',
          entityRef: 'component:default/web',
          version: 3,
          phase: 'Progressing',
        },
      },
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('tells the owners of a rollback, one notification per rollout', async () => {
    await commit(failing);
    await relay.deliverDue();
    expect(notifications.send.mock.calls).toEqual([
      [
        {
          recipients: {
            type: 'entity',
            entityRef: ['group:default/shop', 'user:default/ada'],
          },
          payload: {
            title: 'web is being rolled back',
            description: 'why',
            link: '/canary/rollouts/web',
            severity: 'high',
            topic: 'canary',
            scope: 'web',
          },
        },
      ],
    ]);
    expect(await waiting()).toEqual([]);
  });

  it('leaves out whoever caused it', async () => {
    await store.create(
      rolloutFixture('other'),
      [],
      [
        {
          topic: 'notify',
          payload: {
            rolloutId: 'other',
            entityRef: 'component:default/web',
            title: '',
            description: '',
            severity: 'low',
            exclude: 'user:default/ada',
          },
        },
      ],
    );
    await relay.deliverDue();
    expect(notifications.send.mock.calls[0][0].recipients).toMatchObject({
      excludeEntityRef: 'user:default/ada',
    });
  });

  it('repeats what did not arrive, later each time, and keeps the order', async () => {
    signals.publish.mockRejectedValue(new Error('bus is down'));
    await commit({ ...running, version: 2 });
    for (const waitMs of [1_000, 2_000, 4_000]) {
      signals.publish.mockClear();
      await relay.deliverDue();
      await clock.advance(waitMs - 1);
      await relay.deliverDue();
      expect(versions()).toEqual([1]);
      await clock.advance(1);
    }
    signals.publish.mockReset();
    await relay.deliverDue();
    expect(versions()).toEqual([1, 2]);
    expect(await waiting()).toEqual([]);
  });

  it('lets a failing notification hold back no signal', async () => {
    notifications.send.mockRejectedValue(new Error('status 500'));
    await commit(failing);
    await relay.deliverDue();
    expect(versions()).toEqual([1, 2]);
    expect(await waiting()).toEqual(['notify']);
  });

  it('gives a notification up in the end, loudly', async () => {
    notifications.send.mockRejectedValue(new Error('status 500'));
    await commit(failing);
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await relay.deliverDue();
      await clock.advance(600_000);
    }
    expect(notifications.send).toHaveBeenCalledTimes(12);
    expect(await waiting()).toEqual([]);
    expect(logger.error).toHaveBeenCalledTimes(1);
  });

  it('gives a change up in the end, loudly, and tells the next ones', async () => {
    signals.publish.mockRejectedValue(new Error('bus is down'));
    for (let attempt = 0; attempt < 20; attempt += 1) {
      await relay.deliverDue();
      await clock.advance(600_000);
    }
    expect(signals.publish).toHaveBeenCalledTimes(12);
    expect(await waiting()).toEqual([]);
    expect(logger.error).toHaveBeenCalledTimes(1);

    signals.publish.mockReset();
    await commit({ ...running, version: 2 });
    await relay.deliverDue();
    expect(versions()).toEqual([2]);
  });

  it('tries once where the notifications plugin is not installed', async () => {
    notifications.send.mockRejectedValue(
      new Error(
        'Failed to send notifications: Error: Request failed with status 404',
      ),
    );
    await commit(failing);
    await relay.deliverDue();
    expect(notifications.send).toHaveBeenCalledTimes(1);
    expect(await waiting()).toEqual([]);
    expect(logger.warn).not.toHaveBeenCalled();
  });

  it('tells nobody when the entity is gone', async () => {
    await commit({ ...failing, entityRef: 'component:default/gone' });
    await relay.deliverDue();
    expect(notifications.send).not.toHaveBeenCalled();
    expect(await waiting()).toEqual([]);
  });

  it('delivers when started and when woken, and stops', async () => {
    const published = (count: number) =>
      new Promise<void>(resolve => {
        events.publish.mockImplementation(async () => {
          if (events.publish.mock.calls.length === count) resolve();
        });
      });
    const first = published(1);
    relay.start();
    relay.start();
    await first;
    const second = published(2);
    await commit({ ...running, version: 2 });
    relay.wake();
    await second;
    await relay.stop();
    await commit({ ...running, version: 3 });
    relay.wake();
    expect(versions()).toEqual([1, 2]);
    expect(await waiting()).toEqual(['changed']);
  });

  it('looks again after its interval without being woken', async () => {
    relay.start();
    await clock.advance(3_599_999);
    await commit({ ...running, version: 2 });
    await clock.advance(0);
    expect(versions()).toEqual([1]);
    await clock.advance(1);
    expect(versions()).toEqual([1, 2]);
  });

  it('waits five seconds for somebody who never takes a message', async () => {
    signals.publish.mockReturnValue(new Promise(() => {}));
    const delivered = relay.deliverDue();
    await clock.advance(5_000);
    await delivered;
    expect(logger.warn).toHaveBeenCalledWith(
      expect.stringContaining('next attempt in 1000 ms'),
      expect.objectContaining({ message: 'No answer within 5000 ms' }),
    );
    expect(await waiting()).toEqual(['changed']);
  });

  // An audit: everybody waited for nine seconds for the slowest.
  it('lets nobody wait for a slow recipient', async () => {
    await store.create(rolloutFixture('other'), [], []);
    const never = new Promise<void>(() => {});
    notifications.send.mockReturnValue(never);
    await commit(failing);
    relay.start();
    await clock.advance(10);
    const stored = (await store.get('other'))!;
    const { state, revision, epoch } = stored;
    const next = { ...state, version: 2 };
    await store.commit({
      id: 'other',
      revision,
      epoch,
      next,
      events: [],
      measurements: [],
      outbox: messages(state, next),
    });
    signals.publish.mockClear();
    relay.wake();
    await clock.advance(10);
    expect(versions()).toEqual([2]);
    expect(notifications.send).toHaveBeenCalledTimes(1);
    await clock.advance(5_000);
  });

  // An audit: a crash hid messages for a minute.
  it('leaves a message to others ten seconds after its taker died', async () => {
    signals.publish.mockReturnValueOnce(new Promise(() => {}));
    void relay.deliverDue();
    await clock.advance(0);
    const second = OutboxRelay.create({
      store,
      signals,
      events,
      notifications,
      catalog,
      auth: mockServices.auth(),
      logger,
      clock,
    });
    // As a crash leaves it: nobody says that it failed.
    jest.spyOn(store, 'markFailed').mockResolvedValue();
    await clock.advance(9_900);
    await second.deliverDue();
    expect(versions()).toEqual([1]);
    await clock.advance(200);
    await second.deliverDue();
    expect(versions()).toEqual([1, 1]);
  });

  it('stops although it never started', async () => {
    await expect(relay.stop()).resolves.toBeUndefined();
  });

  it('goes on after the database was away', async () => {
    const claim = jest
      .spyOn(store, 'claimOutbox')
      .mockRejectedValueOnce(new Error('connection refused'));
    const warned = new Promise<void>(resolve => {
      logger.warn.mockImplementation(() => resolve());
    });
    relay.start();
    await warned;
    const arrived = new Promise<void>(resolve => {
      events.publish.mockImplementation(async () => resolve());
    });
    relay.wake();
    await arrived;
    expect(claim.mock.calls.length).toBeGreaterThan(1);
  });
});
