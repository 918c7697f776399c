import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import knexFactory, { Knex } from 'knex';
import request from 'supertest';
import { canaryPlugin } from './plugin';
import { DatabaseCanaryStore } from './store';
import { rolloutFixture } from './store/testing/rolloutFixture';

/** The whole plugin, over a row that an earlier start of it left. */
async function startOver(knex: Knex) {
  return startTestBackend({
    features: [
      canaryPlugin,
      mockServices.database.mock({ getClient: async () => knex }).factory,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data: {} }),
    ],
  });
}

describe('the plugin after modules were uninstalled', () => {
  let knex: Knex;
  beforeEach(() => {
    knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
  });
  afterEach(() => knex.destroy());

  it('still takes an abort when router, step and cluster are gone', async () => {
    const store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
    });
    const { plan } = rolloutFixture('web');
    await store.create(
      rolloutFixture('web', {
        plan: {
          ...plan,
          traffic: { ...plan.traffic, router: 'vanished' },
          steps: [{ kind: 'vanished', title: 'Vanished', params: {} }],
        },
      }),
      [],
      [],
    );
    const backend = await startOver(knex);

    const aborted = await request(backend.server)
      .post('/api/canary/rollouts/web/commands')
      .send({ command: 'abort' });
    expect([aborted.status, aborted.body.error]).toEqual([202, undefined]);
    expect(aborted.body.phase).toBe('RollingBack');

    await backend.stop();
  });
});
