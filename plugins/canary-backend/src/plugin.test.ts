import {
  BackendFeature,
  createBackendModule,
} from '@backstage/backend-plugin-api';
import { mockServices, startTestBackend } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { JsonObject } from '@backstage/types';
import {
  canaryStepsExtensionPoint,
  defineStep,
} from 'backstage-plugin-canary-node';
import knexFactory, { Knex } from 'knex';
import request from 'supertest';
import { z } from 'zod';
import { systemClock } from './clock/systemClock';
import { canaryPlugin } from './plugin';
import { DatabaseCanaryStore } from './store';
import { rolloutFixture } from './store/testing/rolloutFixture';

// The first start of a process loads all of Backstage.
jest.setTimeout(30_000);

const opened: Knex[] = [];
let knex: Knex;
beforeEach(() => {
  knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  });
  opened.push(knex);
});
// After the backends, which are stopped in a hook that was registered before
// this one: a start that failed because of a module left the plugin running.
afterAll(() => Promise.all(opened.map(one => one.destroy())));

/** The whole plugin, over what an earlier start of it left. */
async function startOver(options?: {
  readonly modules?: readonly BackendFeature[];
  readonly config?: JsonObject;
}) {
  const { modules = [], config: data = {} } = options ?? {};
  return startTestBackend({
    features: [
      canaryPlugin,
      ...modules,
      mockServices.database.mock({ getClient: async () => knex }).factory,
      catalogServiceMock.factory({ entities: [] }),
      mockServices.rootConfig.factory({ data }),
    ],
  });
}

/** A module with a step of its own. */
function moduleWith(kind: string, moduleId = `step-${kind}`): BackendFeature {
  return createBackendModule({
    pluginId: 'canary',
    moduleId,
    register(env) {
      env.registerInit({
        deps: { steps: canaryStepsExtensionPoint },
        async init({ steps }) {
          steps.addStep(
            defineStep<number>({
              kind,
              params: z.number(),
              describe: () => `The ${kind} of ${moduleId}`,
              estimateMs: () => 0,
              evaluate: () => ({ status: 'done' }),
            }),
          );
        },
      });
    },
  });
}

const planOf = (...steps: JsonObject[]): JsonObject => ({
  traffic: { router: 'replica-ratio' },
  steps: [{ setWeight: 10 }, ...steps],
  analysis: 'none',
});

describe('a module that adds a step', () => {
  it('gives it to the plans', async () => {
    const backend = await startOver({
      modules: [moduleWith('ring')],
      config: { canary: { plans: { loud: planOf({ ring: 3 }) } } },
    });
    const { body } = await request(backend.server).get('/api/canary/plans');
    expect(body.items[0].steps[1].title).toBe('The ring of step-ring');
    await backend.stop();
  });

  it('fails where the plugin has one of that name, and says so', async () => {
    await expect(
      startOver({ modules: [moduleWith('pause', 'other-pause')] }),
    ).rejects.toThrow(
      /Module 'other-pause' for plugin 'canary' startup failed; .*Two steps are called "pause": one of the plugin itself and one added at .*plugin\.test\.ts:\d+/,
    );
  });

  it('fails where another module has one of that name, and says where both are', async () => {
    await expect(
      startOver({
        modules: [moduleWith('ring', 'first'), moduleWith('ring', 'second')],
      }),
    ).rejects.toThrow(
      /Two steps are called "ring": one added at .*plugin\.test\.ts:\d+\S* and one added at .*plugin\.test\.ts:\d+/,
    );
  });

  it('takes nothing but itself away where its failure is allowed', async () => {
    const backend = await startOver({
      modules: [moduleWith('pause'), moduleWith('ring')],
      config: {
        backend: {
          startup: { default: { onPluginModuleBootFailure: 'continue' } },
        },
        canary: {
          plans: { calm: planOf({ pause: { duration: '1m' } }, { ring: 3 }) },
        },
      },
    });
    const { body } = await request(backend.server).get('/api/canary/plans');
    expect(body.items[0].steps.map(({ title }: any) => title)).toEqual([
      'Send 10 % to the canary',
      'Pause for 1m',
      'The ring of step-ring',
    ]);
    await backend.stop();
  });
});

describe('the plugin after modules were uninstalled', () => {
  it('still takes an abort when router, step and cluster are gone', async () => {
    const store = await DatabaseCanaryStore.create({
      database: { getClient: async () => knex },
      clock: systemClock,
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
    const backend = await startOver();

    const aborted = await request(backend.server)
      .post('/api/canary/rollouts/web/commands')
      .send({ command: 'abort' });
    expect([aborted.status, aborted.body.error]).toEqual([202, undefined]);
    expect(aborted.body.phase).toBe('RollingBack');

    await backend.stop();
  });
});
