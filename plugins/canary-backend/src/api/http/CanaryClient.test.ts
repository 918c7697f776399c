import { CanaryClient } from 'backstage-plugin-canary-common';
import { Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { serve } from './testing/serve';

let served: Awaited<ReturnType<typeof serve>>;
let server: Server;
let client: CanaryClient;

beforeEach(async () => {
  served = await serve();
  server = await new Promise<Server>(resolve => {
    const listening = served.app.listen(0, '127.0.0.1', () =>
      resolve(listening),
    );
  });
  const { port } = server.address() as AddressInfo;
  client = new CanaryClient({
    getBaseUrl: async () => `http://127.0.0.1:${port}`,
    fetch,
  });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise(resolve => server.close(resolve));
  await served.close();
});

const request = {
  entityRef: 'component:default/checkout',
  image: 'shop/checkout:v2',
};

describe('CanaryClient against a listening server', () => {
  it('has every method of the API answered', async () => {
    const preview = await client.previewRollout(request);
    expect(preview.steps).toHaveLength(4);
    const { id, version } = await client.startRollout(request);

    await expect(client.getRollout(id)).resolves.toMatchObject({ id, version });
    for (const query of [
      {},
      { entityRef: request.entityRef },
      { phase: ['Pending', 'Paused'] as const },
      { limit: 5 },
    ]) {
      const { items } = await client.listRollouts(query);
      expect(items.map(rollout => rollout.id)).toEqual([id]);
    }
    for (const query of [
      { owner: ['group:default/shop', 'group:default/sre'] },
      { system: 'system:default/commerce', cluster: 'eu' },
      { attention: false, startedBy: 'user:default/ada' },
    ]) {
      const { items } = await client.listRollouts(query);
      expect(items.map(rollout => rollout.id)).toEqual([id]);
    }
    await expect(
      client.getFigures({
        owner: ['group:default/shop', 'group:default/sre'],
        from: '2026-11-16T00:00:00+01:00',
      }),
    ).resolves.toMatchObject({
      phases: { Pending: 1 },
      owners: [{ value: 'group:default/shop', count: 1 }],
      weeks: [
        { from: '2026-11-09T00:00:00.000Z' },
        { from: '2026-11-16T00:00:00.000Z' },
      ],
      truncated: false,
    });
    const events = await client.listEvents(id, { limit: 1 });
    expect(events.items).toHaveLength(1);
    await expect(
      client.listMeasurements(id, {
        metric: 'error-rate',
        from: '2026-11-22T13:00:00.000+01:00',
      }),
    ).resolves.toEqual({ items: [] });
    await expect(client.verifyAudit(id)).resolves.toEqual({
      valid: true,
      length: 1,
    });
    const plans = await client.listPlans();
    await expect(client.getPlan(plans.items[0].name)).resolves.toEqual(
      plans.items[0],
    );
    await expect(
      client.importPlan({
        format: 'kayenta',
        text: '{ "name": "a", "judge": {}, "metrics": [] }',
      }),
    ).resolves.toMatchObject({
      format: 'kayenta',
      yaml: expect.stringContaining('restarts'),
    });
    await expect(
      client.sendCommand(id, { command: 'abort', reason: 'enough' }),
    ).resolves.toMatchObject({ id, outcome: { reason: 'Aborted' } });
    await expect(
      client.rejudge(id, { plan: plans.items[0].name }),
    ).rejects.toMatchObject({
      statusCode: 409,
      cause: { name: 'ConflictError' },
    });
  });

  it.each([
    ['NotFoundError', 404, () => client.getRollout('nope')],
    ['InputError', 400, () => client.listRollouts({ limit: 0 })],
    [
      'InputError',
      400,
      () => client.startRollout({ ...request, images: { app: 'a:1' } }),
    ],
    [
      'ConflictError',
      409,
      async () => {
        await client.startRollout(request);
        await client.startRollout(request);
      },
    ],
  ] as const)('rejects with the %s of a %d', async (name, statusCode, act) => {
    await expect(act()).rejects.toMatchObject({
      name: 'ResponseError',
      statusCode,
      cause: { name },
    });
  });

  it('sends ids and names as one part of the path', async () => {
    await expect(client.getPlan('../health')).rejects.toMatchObject({
      statusCode: 404,
    });
  });
});
