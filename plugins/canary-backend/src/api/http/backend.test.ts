import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { actionsRegistryServiceRef } from '@backstage/backend-plugin-api/alpha';
import {
  mockCredentials,
  startTestBackend,
} from '@backstage/backend-test-utils';
import request from 'supertest';
import { systemClock } from '../../clock/systemClock';
import { registerActions } from '../actions/registerActions';
import { createRouter } from './createRouter';
import { serve } from './testing/serve';

// A whole backend starts, on a machine that may be busy with others.
jest.setTimeout(60_000);

describe('the API inside of a Backstage backend', () => {
  it('is closed but for its health, and speaks in Backstage errors', async () => {
    const served = await serve();
    const { service } = served;
    const { server } = await startTestBackend({
      features: [
        createBackendPlugin({
          pluginId: 'canary',
          register(env) {
            env.registerInit({
              deps: {
                httpAuth: coreServices.httpAuth,
                httpRouter: coreServices.httpRouter,
                actionsRegistry: actionsRegistryServiceRef,
              },
              async init({ httpAuth, httpRouter, actionsRegistry }) {
                const health = async () =>
                  ({ status: 'ok', clusters: [], replicas: [] } as const);
                httpRouter.use(
                  await createRouter({ service, httpAuth, health }),
                );
                httpRouter.addAuthPolicy({
                  path: '/health',
                  allow: 'unauthenticated',
                });
                registerActions({
                  actionsRegistry,
                  service,
                  clock: systemClock,
                });
              },
            });
          },
        }),
      ],
    });
    const nobody = mockCredentials.none.header();
    const get = (path: string) => request(server).get(`/api/canary${path}`);

    const health = await get('/health').set('authorization', nobody);
    expect(health.body).toEqual({ status: 'ok', clusters: [], replicas: [] });
    for (const path of [
      '/rollouts',
      '/plans',
      '/figures',
      '/openapi.json',
      '/rollouts/r1',
    ]) {
      const { status } = await get(path).set('authorization', nobody);
      expect([path, status]).toEqual([path, 401]);
    }

    const missing = await get('/rollouts/nope');
    expect(missing.status).toBe(404);
    expect(missing.body.error.name).toBe('NotFoundError');
    const wrong = await get('/rollouts?limit=0');
    expect(wrong.body.error).toMatchObject({
      name: 'InputError',
      message: 'limit must be >= 1',
    });
    const spec = await get('/openapi.json');
    expect(spec.body.servers).toEqual([{ url: '/api/canary' }]);

    const started = await request(server)
      .post(
        '/api/canary/.backstage/actions/v1/actions/canary:start-rollout/invoke',
      )
      .send({
        entityRef: 'component:default/checkout',
        image: 'shop/checkout:v2',
      });
    expect(started.body.output).toMatchObject({ id: 'r1', phase: 'Pending' });

    const owned = await get(
      '/rollouts?owner=group:default/shop&owner=group:default/sre',
    );
    expect(owned.body.items).toMatchObject([
      {
        id: 'r1',
        owner: 'group:default/shop',
        system: 'system:default/commerce',
        needsAttention: false,
        remaining: { waitsForPeople: false },
        refusals: { pause: expect.any(String) },
      },
    ]);
    const figures = await get('/figures?system=system:default/commerce');
    expect(figures.body).toMatchObject({ phases: { Pending: 1 } });
    const badFigures = await get('/figures?from=soon');
    expect(badFigures.body.error).toMatchObject({
      name: 'InputError',
      message: expect.stringContaining('from is not an instant'),
    });

    await served.close();
  });
});
