import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { Command, PHASES } from 'backstage-plugin-canary-common';
import knexFactory, { Knex } from 'knex';
import { paperEngine } from '../engines/testing/paperEngine';
import { RolloutState } from '../rollout';
import { CanaryService } from '../service';
import { GUARDS, MachineCommand } from '../state-machine/commands';
import { DatabaseCanaryStore } from '../store';
import { rolloutFixture } from '../store/testing/rolloutFixture';
import { createRegistries } from './createRegistries';
import { createService } from './createService';

/** The same store; `called` gets the name of each method that is called. */
function counting(
  store: DatabaseCanaryStore,
  called: string[],
): DatabaseCanaryStore {
  return new Proxy(store, {
    get: (target, name: keyof DatabaseCanaryStore) => {
      const method = target[name] as (...args: unknown[]) => unknown;
      return (...args: unknown[]) => {
        called.push(String(name));
        return method.apply(target, args);
      };
    },
  });
}

/** What the answer's view asks the store. */
const VIEW = ['sameWorkloadRollouts', 'worstMeasurements'];

const PAUSED: Partial<RolloutState> = {
  phase: 'Paused',
  step: { index: 1, startedAt: 0 },
  holds: [{ reason: 'Approval', message: 'Ask.', since: 0, endsBy: 'person' }],
  seen: {
    at: 0,
    weight: 5,
    verified: true,
    canary: { desired: 1, ready: 1 },
  },
};
const BY_HAND: Partial<RolloutState> = {
  ...PAUSED,
  holds: [
    { reason: 'Manual', message: 'Ada paused it.', since: 0, endsBy: 'person' },
  ],
};

const clock = { now: () => 0 };

describe('a command through the whole service', () => {
  const called: string[] = [];
  const authorize = jest.fn();
  const auditEvent = { success: jest.fn(), fail: jest.fn() };
  const createEvent = jest.fn();
  let knex: Knex;
  let store: DatabaseCanaryStore;
  let service: CanaryService;

  beforeEach(async () => {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: ':memory:',
      useNullAsDefault: true,
    });
    store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock,
    });
    called.length = 0;
    authorize.mockReturnValue(AuthorizeResult.ALLOW);
    createEvent.mockResolvedValue(auditEvent);
    service = createService(
      {
        store: counting(store, called),
        catalog: catalogServiceMock({ entities: [] }),
        auth: mockServices.auth(),
        userInfo: mockServices.userInfo(),
        permissions: mockServices.permissions.mock({
          authorize: async asked =>
            asked.map(one => ({ result: authorize(one) })),
        }),
        auditor: mockServices.auditor.mock({ createEvent }),
        engine: paperEngine as never,
        plans: {} as never,
        clusters: { clusters: async () => [] },
        controller: { owner: 'replica', wake() {}, adopt() {} } as never,
        relay: { wake() {} } as never,
        clock: clock as never,
        newId: () => 'r2',
      },
      createRegistries(),
    );
  });
  afterEach(async () => {
    jest.restoreAllMocks();
    await knex.destroy();
  });

  const send = (command: Command, id = 'web') =>
    service.command(
      id,
      { command, expectedVersion: 1, reason: 'It must be.' },
      { credentials: mockCredentials.user() },
    );

  it.each<[Command, Partial<RolloutState>]>([
    ['promote', PAUSED],
    ['promoteFull', PAUSED],
    ['abort', PAUSED],
    ['pause', PAUSED],
    ['resume', BY_HAND],
  ])(
    'reads the rollout once for %s, and asks its guard and then each guard for the answer',
    async (command, from) => {
      await store.create(rolloutFixture('web', from), [], []);
      const guards = PHASES.flatMap(phase =>
        Object.keys(GUARDS[phase]).map(name =>
          jest.spyOn(GUARDS[phase], name as MachineCommand),
        ),
      );
      await send(command);

      expect(called).toEqual(['get', 'commit', ...VIEW]);
      expect(guards.flatMap(guard => guard.mock.calls)).toHaveLength(1 + 5);
    },
  );

  it('reads it again when a tick came first, and decides on that', async () => {
    await store.create(rolloutFixture('web', PAUSED), [], []);
    createEvent.mockImplementationOnce(async () => {
      const { state, revision, epoch } = (await store.get('web'))!;
      await store.commit({
        id: 'web',
        revision,
        epoch,
        next: { ...state, reversals: 1 },
        events: [],
        measurements: [],
        outbox: [],
      });
      return auditEvent;
    });
    await send('promote');

    expect(called).toEqual(['get', 'commit', 'get', 'commit', ...VIEW]);
    const { state } = (await store.get('web'))!;
    expect(state).toMatchObject({ reversals: 1, holds: [] });
  });

  it.each([
    ['that nobody started', 'nope', undefined],
    ['that the caller may not see', 'web', 'component:default/web'],
  ])(
    'audits a command to a rollout %s, which does not exist for the caller',
    async (_, id, entityRef) => {
      await store.create(rolloutFixture('web', PAUSED), [], []);
      authorize.mockReturnValue(AuthorizeResult.DENY);
      await expect(send('promote', id)).rejects.toMatchObject({
        name: 'NotFoundError',
        message: `There is no rollout "${id}"`,
      });
      expect(called).not.toContain('commit');
      expect(createEvent).toHaveBeenLastCalledWith(
        expect.objectContaining({
          meta: expect.objectContaining({ rolloutId: id, entityRef }),
        }),
      );
      expect(auditEvent.fail).toHaveBeenLastCalledWith({
        error: expect.objectContaining({ name: 'NotFoundError' }),
      });
    },
  );
});
