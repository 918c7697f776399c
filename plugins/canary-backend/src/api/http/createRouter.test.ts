import { mockCredentials } from '@backstage/backend-test-utils';
import {
  canaryRolloutAbortPermission,
  canaryRolloutReadPermission,
  canaryRolloutStartPermission,
  Measurement,
} from 'backstage-plugin-canary-common';
import { NotAllowedError } from '@backstage/errors';
import request from 'supertest';
import { NOON } from '../../service/testing/openPortal';
import { EVENT_PAGE, MEASUREMENT_PAGE, ROLLOUT_PAGE } from '../../store';
import { spec } from '../schema/openapi';
import { serve } from './testing/serve';

const CHECKOUT = 'component:default/checkout';
const V2 = { entityRef: CHECKOUT, image: 'shop/checkout:v2' };

type Served = Awaited<ReturnType<typeof serve>>;

let served: Served;
beforeEach(async () => {
  served = await serve();
});
afterEach(() => served.close());

const start = (body: object = V2) =>
  request(served.app).post('/rollouts').send(body);
const command = (id: string, body: object) =>
  request(served.app).post(`/rollouts/${id}/commands`).send(body);
const get = (path: string) => request(served.app).get(path);

/** Moves a rollout on as the controller would. */
async function become(id: string, changes: object) {
  const { state, revision, epoch } = (await served.store.get(id))!;
  await served.store.commit({
    id,
    revision,
    epoch,
    next: { ...state, ...changes },
    events: [],
    measurements: [],
    outbox: [],
  });
}

const succeed = (id: string) =>
  become(id, { phase: 'Succeeded', finishedAt: NOON, requeueAt: undefined });
const rollBack = (id: string) =>
  become(id, { phase: 'RolledBack', finishedAt: NOON, requeueAt: undefined });
const pauseByHand = (id: string, version = 2) =>
  become(id, {
    phase: 'Paused',
    version,
    holds: [
      {
        reason: 'Manual',
        message: 'Ada paused it.',
        since: NOON,
        endsBy: 'person',
      },
    ],
  });

describe('POST /rollouts', () => {
  it('opens a rollout and wakes the controller', async () => {
    const { status, body } = await start({ ...V2, reason: 'faster carts' });

    expect(status).toBe(201);
    expect(body).toMatchObject({
      id: 'r1',
      entityRef: CHECKOUT,
      owner: 'group:default/shop',
      system: 'system:default/commerce',
      needsAttention: false,
      cluster: 'eu',
      namespace: 'default',
      workload: { kind: 'Deployment', name: 'checkout' },
      phase: 'Pending',
      step: { index: 0, total: 3, kind: 'setWeight', title: 'Send 5 %' },
      weight: { desired: 0, observed: 0, verified: false },
      images: {
        stable: { app: 'shop/checkout:v1' },
        canary: { app: 'shop/checkout:v2' },
      },
      allowedCommands: ['abort'],
      remaining: { estimatedMs: 935_000, waitsForPeople: false },
      refusals: { promote: expect.stringContaining('has not begun to walk') },
      startedBy: 'user:default/ada',
      reason: 'faster carts',
      startedAt: '2026-11-22T12:00:00.000Z',
      version: 1,
    });
    expect(served.woken).toEqual(['r1']);
  });

  it('takes images by container', async () => {
    const images = { app: 'other/thing:v9' };
    const { status, body } = await start({ entityRef: CHECKOUT, images });
    expect(status).toBe(201);
    expect(body.images.canary).toEqual(images);
  });

  it('shows nothing of the controller or the cluster behind it', async () => {
    const { text } = await start();
    for (const secret of [
      'lease',
      'epoch',
      'fence',
      'revision',
      'baseline',
      'uid-of',
      'found',
      'requeue',
    ]) {
      expect(text).not.toContain(secret);
    }
  });

  it.each<{
    outcome: string;
    body: object;
    world?: (served: Served) => void;
    status: number;
    message: RegExp;
  }>([
    {
      outcome: 'an unknown entity',
      body: { ...V2, entityRef: 'component:default/nope' },
      status: 404,
      message: /no entity component:default\/nope/,
    },
    {
      outcome: 'an unknown entity before a missing permission',
      body: { ...V2, entityRef: 'component:default/nope' },
      world: ({ denied }) =>
        denied.push({ permission: canaryRolloutStartPermission }),
      status: 404,
      message: /no entity component:default\/nope/,
    },
    {
      outcome: 'text that is no entity ref',
      body: { ...V2, entityRef: 'a:b:c/d/e' },
      status: 400,
      message: /entityRef is not an entity reference/,
    },
    {
      outcome: 'an entity without annotations',
      body: { ...V2, entityRef: 'component:default/bare' },
      status: 400,
      message: /annotations:[^]*canary\/workload: deployment\/bare/,
    },
    {
      outcome: 'a selector that finds no workload',
      body: { ...V2, entityRef: 'component:default/ghost' },
      status: 404,
      message: /No Deployment matches .*namespace default of cluster eu/,
    },
    {
      outcome: 'a named workload that is not there',
      body: { ...V2, entityRef: 'component:default/gone' },
      status: 404,
      message: /Deployment default\/gone does not exist in cluster eu/,
    },
    {
      outcome: 'a selector that finds two workloads',
      body: { ...V2, entityRef: 'component:default/twins' },
      status: 400,
      message: /left, right; .*canary\/workload/,
    },
    {
      outcome: 'an unknown plan',
      body: { ...V2, plan: 'bold' },
      status: 400,
      message: /no plan bold/,
    },
    {
      outcome: 'a plan whose router nobody provides',
      body: V2,
      world: ({ world }) => {
        const { careful } = world.plans;
        const traffic = { ...careful.traffic, router: 'pigeons' };
        world.plans = { careful: { ...careful, traffic } };
      },
      status: 400,
      message:
        /Plan careful: there is no traffic router "pigeons"; use one of test/,
    },
    {
      outcome: 'a workload, a plan and a route that cannot, all at once',
      body: V2,
      world: ({ world }) => {
        const { checkout } = world.workloads;
        world.workloads = {
          checkout: { ...checkout, refusals: ['its strategy is Recreate'] },
        };
        world.infeasible = ['the router test cannot mirror'];
        world.routeProblem = 'two routes name the Service checkout';
      },
      status: 400,
      message:
        /Deployment default\/checkout cannot be rolled out: its strategy is Recreate; the router test cannot mirror; two routes name/,
    },
    {
      outcome: 'the image that runs already',
      body: { ...V2, image: 'shop/checkout:v1' },
      status: 400,
      message: /runs shop\/checkout:v1 already/,
    },
    {
      outcome: 'an empty image',
      body: { ...V2, image: '' },
      status: 400,
      message: /^image is empty$/,
    },
    {
      outcome: 'a blank image',
      body: { ...V2, image: '  ' },
      status: 400,
      message: /image is empty/,
    },
    {
      outcome: 'image beside images',
      body: { ...V2, images: { app: 'a:1' } },
      status: 400,
      message: /either image or images, and not both/,
    },
    {
      outcome: 'neither image nor images',
      body: { entityRef: CHECKOUT },
      status: 400,
      message: /either image or images/,
    },
    {
      outcome: 'an image of the wrong type',
      body: { ...V2, image: 5 },
      status: 400,
      message: /^image must be string$/,
    },
    {
      outcome: 'an empty entry of images',
      body: { entityRef: CHECKOUT, images: { app: '' } },
      status: 400,
      message: /^images\/app is empty$/,
    },
    {
      outcome: 'a body without its entity',
      body: { image: 'a:1' },
      status: 400,
      message: /the body must have required property 'entityRef'/,
    },
    {
      outcome: 'unknown keys, naming them and the known ones',
      body: { ...V2, imagee: 'a:1', force: true },
      status: 400,
      message:
        /the body must not have "imagee", "force"; it knows entityRef, image, images, plan, reason/,
    },
    {
      outcome: 'a list for a body',
      body: [V2],
      status: 400,
      message: /the body must be object/,
    },
    {
      outcome: 'a missing permission, naming it and the entity',
      body: V2,
      world: ({ denied }) =>
        denied.push({ permission: canaryRolloutStartPermission }),
      status: 403,
      message: /canary\.rollout\.start for component:default\/checkout/,
    },
    {
      outcome: 'a missing permission, however the entity is spelled',
      body: { ...V2, entityRef: 'Component:Default/Checkout' },
      world: ({ denied }) =>
        denied.push({
          permission: canaryRolloutStartPermission,
          entityRef: CHECKOUT,
        }),
      status: 403,
      message: /canary\.rollout\.start/,
    },
  ])(
    'refuses $outcome and creates nothing',
    async ({ body, world, status, message }) => {
      world?.(served);
      const answer = await start(body);

      expect(answer.body.error?.message).toMatch(message);
      expect(answer.status).toBe(status);
      expect((await served.store.list({})).items).toEqual([]);
      expect(served.woken).toEqual([]);

      const previewed = await request(served.app)
        .post('/rollouts/preview')
        .send(body);
      expect(previewed.status).toBe(status);
    },
  );

  it('names the active rollout of the workload', async () => {
    await start();
    const { status, body } = await start({ ...V2, image: 'shop/checkout:v3' });
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/^Rollout r1 of .* is Pending/);
  });

  it('names the winner to the loser of a race', async () => {
    const answers = await Promise.all([start(), start()]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    const loser = answers.find(({ status }) => status === 409)!;
    const winner = answers.find(({ status }) => status === 201)!;
    expect(loser.body.error.message).toContain(winner.body.id);
  });

  it('does not blame the person for what the cluster refuses us', async () => {
    Object.assign(served.options, {
      readStart: async () => {
        throw new NotAllowedError('deployments.apps is forbidden');
      },
    });
    const { status, body } = await start();
    expect(status).toBe(503);
    expect(body.error.message).toMatch(/^Cluster eu does not let .*forbidden/);
  });

  it('refuses a body that is no JSON or too large', async () => {
    const broken = await request(served.app)
      .post('/rollouts')
      .set('content-type', 'application/json')
      .send('{"entityRef":');
    expect(broken.status).toBe(400);
    const large = await start({ ...V2, reason: 'x'.repeat(70_000) });
    expect(large.status).toBe(413);
  });

  it('asks who it is', async () => {
    const { status } = await start().set(
      'authorization',
      mockCredentials.none.header(),
    );
    expect(status).toBe(401);
  });

  it('notes a service that asks for itself', async () => {
    const { body } = await start().set(
      'authorization',
      mockCredentials.service.header({
        onBehalfOf: mockCredentials.service('plugin:release'),
        targetPluginId: 'test',
      }),
    );
    expect(body.startedBy).toBe('service:plugin:release');
  });
});

describe('POST /rollouts/preview', () => {
  it('shows steps, replicas and times, and writes nothing', async () => {
    const { status, body } = await request(served.app)
      .post('/rollouts/preview')
      .send(V2);

    expect(status).toBe(200);
    expect(body).toMatchObject({
      cluster: 'eu',
      stableReplicas: 4,
      waitsForPeople: false,
      estimatedMs: 600_000 + 300_000 + 5_000 + 30_000,
      warnings: [],
    });
    expect(
      body.steps.map((step: any) => [
        step.kind,
        step.weight,
        step.canaryReplicas,
      ]),
    ).toEqual([
      ['setWeight', 5, 1],
      ['pause', 5, 1],
      ['setWeight', 50, 2],
      ['gate', 50, 2],
    ]);
    expect((await served.store.list({})).items).toEqual([]);
    expect(served.woken).toEqual([]);
  });
});

describe('POST /rollouts/{id}/commands', () => {
  beforeEach(() => start());

  it('aborts on this replica at once, from the stalest page', async () => {
    const { status, body } = await command('r1', {
      command: 'abort',
      expectedVersion: 999,
      reason: 'wrong image',
    });
    expect(status).toBe(202);
    expect(['RollingBack', 'RolledBack']).toContain(body.phase);
    expect(served.adopted).toMatchObject([
      { state: { id: 'r1' }, epoch: 1, owner: 'replica-1' },
    ]);
    const events = await get('/rollouts/r1/events');
    expect(events.body.items).toContainEqual(
      expect.objectContaining({ kind: 'Command', actor: 'user:default/ada' }),
    );
  });

  it('aborts twice with one effect', async () => {
    await become('r1', { phase: 'Progressing' });
    await command('r1', { command: 'abort' });
    const { revision } = (await served.store.get('r1'))!;
    const { status } = await command('r1', { command: 'abort' });
    expect(status).toBe(202);
    expect((await served.store.get('r1'))!.revision).toBe(revision);
    expect(served.adopted).toHaveLength(1);
    // The second one wakes whoever takes it back: it must not wait out a back-off.
    expect(served.woken.at(-1)).toBe('r1');
  });

  it('carries a click out once: the second is stale', async () => {
    await become('r1', { phase: 'Progressing' });
    const click = { command: 'pause', expectedVersion: 1 };
    const first = await command('r1', click);
    expect(first.status).toBe(202);
    expect(first.body.phase).toBe('Paused');
    const second = await command('r1', click);
    expect(second.status).toBe(409);
    expect(second.body.error.message).toMatch(/version 1/);
  });

  it('decides again when a tick commits between reading and writing', async () => {
    await become('r1', { phase: 'Progressing' });
    const { commit } = served.store;
    let raced = 0;
    served.store.commit = async decision => {
      if (raced++ === 0) {
        served.store.commit = commit;
        await become('r1', { reversals: 1 });
      }
      return commit.call(served.store, decision);
    };
    const { status } = await command('r1', {
      command: 'pause',
      expectedVersion: 1,
    });
    expect(status).toBe(202);
    expect((await served.store.get('r1'))!.state).toMatchObject({
      reversals: 1,
      phase: 'Paused',
    });
  });

  it('keeps a click refused that a racing tick made stale', async () => {
    await become('r1', { phase: 'Progressing' });
    const { commit } = served.store;
    served.store.commit = async decision => {
      served.store.commit = commit;
      await become('r1', { version: 2 });
      return commit.call(served.store, decision);
    };
    const { status, body } = await command('r1', {
      command: 'pause',
      expectedVersion: 1,
    });
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/version 2/);
  });

  it('gives up with a sentence when ticks never let it through', async () => {
    await become('r1', { phase: 'Progressing' });
    const { commit } = served.store;
    let attempts = 0;
    served.store.commit = decision => {
      attempts++;
      return commit.call(served.store, { ...decision, revision: 0 });
    };
    const { status, body } = await command('r1', {
      command: 'pause',
      expectedVersion: 1,
    });
    expect(status).toBe(409);
    expect(body.error.message).toMatch(/changes too fast to pause/);
    expect(attempts).toBe(5);
  });

  it.each<{
    outcome: string;
    id?: string;
    body: object;
    world?: () => unknown;
    status: number;
    message: RegExp;
  }>([
    {
      outcome: 'an unknown rollout',
      id: 'nope',
      body: { command: 'abort' },
      status: 404,
      message: /no rollout "nope"/,
    },
    {
      outcome: 'an id that is none',
      id: '%00',
      body: { command: 'abort' },
      status: 400,
      message: /^id must match/,
    },
    {
      outcome: 'an unknown command',
      body: { command: 'explode' },
      status: 400,
      message: /command must be equal to one of the allowed values: promote/,
    },
    {
      outcome: 'a missing version',
      body: { command: 'promote' },
      status: 400,
      message: /expectedVersion is missing/,
    },
    {
      outcome: 'a version of the wrong type',
      body: { command: 'promote', expectedVersion: '1' },
      status: 400,
      message: /^expectedVersion must be integer$/,
    },
    {
      outcome: 'promoteFull without a reason',
      body: { command: 'promoteFull', expectedVersion: 1, reason: ' ' },
      status: 400,
      message: /reason is missing/,
    },
    {
      outcome: 'what the machine refuses, with its reason',
      body: { command: 'resume', expectedVersion: 1 },
      status: 409,
      message: /has not begun/,
    },
    {
      outcome: 'a retry of what has not ended',
      body: { command: 'retry', expectedVersion: 1 },
      status: 409,
      message: /is Pending; only one that was rolled back/,
    },
    {
      outcome: 'a rollback of what has not succeeded',
      body: { command: 'rollback', expectedVersion: 1 },
      status: 409,
      message: /Rollout r1 of .* is Pending/,
    },
    {
      outcome: 'a retry from a stale page',
      body: { command: 'retry', expectedVersion: 7 },
      world: () => rollBack('r1'),
      status: 409,
      message: /at version 1 by now, not 7/,
    },
    {
      outcome: 'an abort after the end',
      body: { command: 'abort' },
      world: () => succeed('r1'),
      status: 409,
      message: /ended/,
    },
    {
      outcome: 'a missing permission',
      body: { command: 'abort' },
      world: () =>
        served.denied.push({ permission: canaryRolloutAbortPermission }),
      status: 403,
      message: /canary\.rollout\.abort for component:default\/checkout/,
    },
  ])(
    'refuses $outcome',
    async ({ id = 'r1', body, world, status, message }) => {
      await world?.();
      const before = await served.store.get('r1');
      const answer = await command(id, body);
      expect(answer.body.error?.message).toMatch(message);
      expect(answer.status).toBe(status);
      expect(await served.store.get('r1')).toEqual(before);
      expect((await served.store.list({})).items).toHaveLength(1);
    },
  );

  it.each<[string, (id: string) => Promise<void>]>([
    ['retry', rollBack],
    [
      'rollback',
      async id => {
        const { checkout } = served.world.workloads;
        const images = { app: 'shop/checkout:v2' };
        served.world.workloads = { checkout: { ...checkout, images } };
        await succeed(id);
      },
    ],
  ])('reads what a %s follows once', async (name, end) => {
    await end('r1');
    const read = jest.spyOn(served.store, 'get');
    const { status } = await command('r1', {
      command: name,
      expectedVersion: 1,
    });
    expect(status).toBe(202);
    expect(read.mock.calls).toEqual([['r1']]);
  });

  it('retries a rolled back rollout as a new one', async () => {
    await rollBack('r1');
    const { body: before } = await get('/rollouts/r1');
    expect(before.allowedCommands).toEqual(['retry']);

    const { status, body } = await command('r1', {
      command: 'retry',
      expectedVersion: 1,
    });
    expect(status).toBe(202);
    expect(body).toMatchObject({
      id: 'r2',
      retryOf: 'r1',
      phase: 'Pending',
      images: { canary: { app: 'shop/checkout:v2' } },
    });
    const { body: after } = await get('/rollouts/r1');
    expect(after).toMatchObject({
      phase: 'RolledBack',
      allowedCommands: [],
      refusals: {
        retry: expect.stringMatching(/^Rollout r2 of .* is Pending/),
      },
    });
  });

  describe('rollback', () => {
    const rollback = { command: 'rollback', expectedVersion: 1 };
    const runs = (image: string) => {
      const { checkout } = served.world.workloads;
      served.world.workloads = {
        checkout: { ...checkout, images: { app: image } },
      };
    };
    beforeEach(async () => {
      await succeed('r1');
      runs('shop/checkout:v2');
    });

    it('puts the previous images back as a new rollout', async () => {
      const { body: before } = await get('/rollouts/r1');
      expect(before.allowedCommands).toEqual(['rollback']);
      const { status, body } = await command('r1', rollback);
      expect(status).toBe(202);
      expect(body).toMatchObject({
        id: 'r2',
        rollbackOf: 'r1',
        step: { kind: 'rollback', total: 0 },
        images: {
          stable: { app: 'shop/checkout:v2' },
          canary: { app: 'shop/checkout:v1' },
        },
        warnings: [],
      });
    });

    it('is not held up by a workload that is not healthy', async () => {
      const { checkout } = served.world.workloads;
      served.world.workloads = {
        checkout: { ...checkout, refusals: ['a rolling update is unfinished'] },
      };
      expect((await command('r1', rollback)).status).toBe(202);
    });

    it('says when the previous version meets another configuration', async () => {
      const { checkout } = served.world.workloads;
      const configuration = { 'ConfigMap settings': 'digest-2' };
      served.world.workloads = {
        checkout: {
          ...checkout,
          startSnapshot: { ...checkout.startSnapshot, configuration },
        },
      };
      const { body } = await command('r1', rollback);
      expect(body.warnings).toEqual([
        expect.stringContaining('ConfigMap settings changed since it ran'),
      ]);
    });

    it('is refused once somebody changed the image', async () => {
      runs('shop/checkout:v7');
      const { status, body } = await command('r1', rollback);
      expect(status).toBe(409);
      expect(body.error.message).toContain('app: shop/checkout:v7');
    });

    it('is refused when a later rollout succeeded', async () => {
      served.world.now += 60_000;
      await start({ ...V2, image: 'shop/checkout:v3' });
      await become('r2', {
        phase: 'Succeeded',
        finishedAt: served.world.now,
        requeueAt: undefined,
      });
      const { status, body } = await command('r1', rollback);
      expect(status).toBe(409);
      expect(body.error.message).toMatch(/not the latest success .*r2/);
      expect((await get('/rollouts/r1')).body).toMatchObject({
        allowedCommands: [],
        refusals: { rollback: body.error.message },
      });
    });
  });
});

describe('GET /rollouts', () => {
  beforeEach(async () => {
    await start();
    served.world.now += 1_000;
    await start({
      entityRef: 'component:default/payments',
      image: 'shop/payments:v2',
    });
    await pauseByHand('r2');
  });
  const ids = (body: any) => body.items.map(({ id }: any) => id);

  it.each([
    ['/rollouts', ['r2', 'r1']],
    ['/rollouts?entityRef=component:default/checkout', ['r1']],
    ['/rollouts?entityRef=Component:CHECKOUT', ['r1']],
    [`/rollouts?entityRef=${encodeURIComponent(CHECKOUT)}`, ['r1']],
    ['/rollouts?phase=Paused', ['r2']],
    ['/rollouts?phase=Paused,Pending', ['r2', 'r1']],
    ['/rollouts?phase=Paused&phase=Pending', ['r2', 'r1']],
    ['/rollouts?phase=Paused,Promoting&phase=Pending', ['r2', 'r1']],
    ['/rollouts?phase=Succeeded', []],
    ['/rollouts?limit=1', ['r2']],
    ['/rollouts?owner=group:default/shop', ['r1']],
    ['/rollouts?owner=Group:shop', ['r1']],
    ['/rollouts?owner=group:default/shop&owner=group:default/sre', ['r1']],
    ['/rollouts?owner=group:default/sre', []],
    ['/rollouts?system=system:default/commerce', ['r1']],
    ['/rollouts?system=system:default/other', []],
    ['/rollouts?cluster=eu', ['r2', 'r1']],
    ['/rollouts?cluster=us', []],
    ['/rollouts?attention=true', ['r2']],
    ['/rollouts?attention=false', ['r2', 'r1']],
    ['/rollouts?attention=true&owner=group:default/shop', []],
    ['/rollouts?startedBy=user:default/ada&phase=Pending', ['r1']],
    ['/rollouts?startedBy=service:plugin:ci', []],
  ])('answers %s', async (path, want) => {
    const { status, body } = await get(path);
    expect(status).toBe(200);
    expect(ids(body)).toEqual(want);
  });

  it('goes on where a page ended', async () => {
    const first = await get('/rollouts?limit=1');
    const next = await get(
      `/rollouts?limit=1&cursor=${encodeURIComponent(first.body.nextCursor)}`,
    );
    expect(ids(next.body)).toEqual(['r1']);
    expect(next.body.nextCursor).toBeUndefined();
  });

  it.each([
    ['limit=0', /^limit must be >= 1$/],
    ['limit=201', /^limit must be <= 200$/],
    ['limit=many', /^limit must be integer$/],
    ['phase=Sleeping', /^phase\/0 must be .*Pending, Initializing/],
    ['phase=Paused,Pending&phase=Sleeping', /^phase\/2 must be .*Pending/],
    ['phase=Paused&phase[x]=Pending', /^phase\/1 must be string/],
    ['cursor=bogus', /cursor/],
    ['colour=red', /Unknown query parameter 'colour'/],
    ['entityRef=%00', /^entityRef must match/],
    ['entityRef=a:b:c/d/e', /entityRef is not an entity reference/],
    ['owner=', /^Empty value found for query parameter 'owner'/],
    ['owner=nobody', /^owner is not an entity reference/],
    ['owner=group:a/b&owner=%00', /^owner\/1 must match/],
    ['owner[x]=group:a/b', /^owner\/0 must be string/],
    [
      Array(101).fill('owner=group:a/b').join('&'),
      /^owner must NOT have more than 100 items/,
    ],
    ['system=commerce', /^system is not an entity reference/],
    ['system=system:a/b&system=system:a/c', /^system must be string/],
    ['cluster=%0a', /^cluster must match/],
    ['attention=maybe', /^attention must be boolean/],
    [`startedBy=${'x'.repeat(501)}`, /^startedBy must NOT have more than 500/],
  ])('refuses ?%s', async (query, message) => {
    const { status, body } = await get(`/rollouts?${query}`);
    expect(body.error?.message).toMatch(message);
    expect(status).toBe(400);
  });

  it('leaves out what the reader may not see, and fills the page', async () => {
    served.denied.push({
      permission: canaryRolloutReadPermission,
      entityRef: 'component:default/payments',
    });
    const { body } = await get('/rollouts?limit=1');
    expect(ids(body)).toEqual(['r1']);
  });

  it('says which permission is missing for one entity', async () => {
    served.denied.push({ permission: canaryRolloutReadPermission });
    const { status, body } = await get(`/rollouts?entityRef=${CHECKOUT}`);
    expect(status).toBe(403);
    expect(body.error.message).toMatch(/canary\.rollout\.read for/);
  });
});

describe('the worst metric of a rollout', () => {
  beforeEach(async () => {
    await start();
    const { state, revision, epoch } = (await served.store.get('r1'))!;
    const at = '2026-11-22T12:00:10.000Z';
    await served.store.commit({
      id: 'r1',
      revision,
      epoch,
      next: state,
      events: [],
      measurements: (['Fail', 'Pass'] as const).map(verdict => ({
        metric: 'errors',
        scope: 'background',
        at,
        window: { from: at, to: at },
        weight: 5,
        unit: 'percent',
        verdict,
        rule: `${verdict} it is`,
        query: 'errors{}',
      })),
      outbox: [],
    });
  });
  const worstMetric = {
    metric: 'errors',
    scope: 'background',
    verdict: 'Fail',
    rule: 'Fail it is',
    at: '2026-11-22T12:00:10.000Z',
  };

  it('is shown with it, alone and in a list', async () => {
    expect((await get('/rollouts/r1')).body.worstMetric).toEqual(worstMetric);
    await start({
      entityRef: 'component:default/payments',
      image: 'shop/payments:v2',
    });
    const { body } = await get('/rollouts');
    expect(body.items).toMatchObject([{ id: 'r2' }, { id: 'r1', worstMetric }]);
    expect(body.items[0]).not.toHaveProperty('worstMetric');
  });

  it('is asked for a whole page at once', async () => {
    const asked = jest.spyOn(served.store, 'worstMeasurements');
    await start({
      entityRef: 'component:default/payments',
      image: 'shop/payments:v2',
    });
    asked.mockClear();
    await get('/rollouts');
    expect(asked.mock.calls).toEqual([[['r2', 'r1']]]);
  });
});

describe('GET /figures', () => {
  const PAYMENTS = 'component:default/payments';
  const MINUTE = 60_000;
  beforeEach(async () => {
    await start();
    await become('r1', {
      phase: 'RollingBack',
      phaseSince: NOON + 10 * MINUTE,
    });
    await become('r1', {
      phase: 'RolledBack',
      drainedSince: NOON + 11 * MINUTE,
      finishedAt: NOON + 15 * MINUTE,
      requeueAt: undefined,
    });
    await start({ entityRef: PAYMENTS, image: 'shop/payments:v2' });
    await become('r2', {
      phase: 'Succeeded',
      finishedAt: NOON + 30 * MINUTE,
      requeueAt: undefined,
    });
    await start();
    await pauseByHand('r3');
    served.world.now = NOON + 60 * MINUTE;
  });

  it('counts what there is, and what it delivered', async () => {
    const { status, body } = await get('/figures');
    expect(status).toBe(200);
    const total = {
      rollouts: 2,
      rolledBack: 1,
      medianPromoteMs: 30 * MINUTE,
      medianRestoreMs: MINUTE,
    };
    expect(body).toMatchObject({
      phases: { Paused: 1, RolledBack: 1, Succeeded: 1, Pending: 0 },
      attention: 1,
      owners: [{ value: 'group:default/shop', count: 2 }],
      systems: [{ value: 'system:default/commerce', count: 2 }],
      clusters: [{ value: 'eu', count: 3 }],
      total,
      truncated: false,
    });
    expect(body.weeks).toHaveLength(13);
    expect(body.weeks.at(0)).toEqual({
      from: '2026-08-24T00:00:00.000Z',
      rollouts: 0,
      rolledBack: 0,
    });
    expect(body.weeks.at(-1)).toEqual({
      from: '2026-11-16T00:00:00.000Z',
      ...total,
    });
  });

  it('counts only what the reader may see', async () => {
    served.denied.push({
      permission: canaryRolloutReadPermission,
      entityRef: CHECKOUT,
    });
    const { body } = await get('/figures');
    expect(body).toMatchObject({
      phases: { Paused: 0, RolledBack: 0, Succeeded: 1 },
      attention: 0,
      owners: [],
      clusters: [{ value: 'eu', count: 1 }],
      total: { rollouts: 1, rolledBack: 0 },
    });
  });

  it('says which permission is missing for one entity', async () => {
    served.denied.push({ permission: canaryRolloutReadPermission });
    const { status, body } = await get(`/figures?entityRef=${CHECKOUT}`);
    expect(status).toBe(403);
    expect(body.error.message).toMatch(/canary\.rollout\.read for/);
  });

  it.each([
    ['owner=group:shop', 1],
    ['owner=group:default/sre', 0],
    ['system=System:commerce', 1],
    ['cluster=eu', 2],
    [`entityRef=${PAYMENTS}`, 1],
    [`from=2026-11-22T12:20:00Z`, 1],
  ])('selects by %s', async (query, rollouts) => {
    const { body } = await get(`/figures?${query}`);
    expect(body.total.rollouts).toBe(rollouts);
  });

  it.each([
    ['from=yesterday', /^from is not an instant/],
    ['from=2026-11-23T12:00:00Z', /^from must lie in the past/],
    ['from=1970-01-01T00:00:00Z', /^from must lie .* at most 260 weeks ago/],
    ['owner=shop', /^owner is not an entity reference/],
    ['phase=Paused', /Unknown query parameter 'phase'/],
  ])('refuses ?%s', async (query, message) => {
    const { status, body } = await get(`/figures?${query}`);
    expect(body.error?.message).toMatch(message);
    expect(status).toBe(400);
  });
});

describe('GET /rollouts/{id}', () => {
  beforeEach(() => start());
  const paths = ['', '/events', '/measurements', '/audit'];

  it.each(paths)('answers %s', async path => {
    const { status, body } = await get(`/rollouts/r1${path}`);
    expect(status).toBe(200);
    expect(body).toMatchObject(
      {
        '': { id: 'r1' },
        '/events': { items: [{ sequence: 1, kind: 'Started' }] },
        '/measurements': { items: [] },
        '/audit': { valid: true, length: 1 },
      }[path]!,
    );
  });

  it.each([
    ['/rollouts', ROLLOUT_PAGE],
    ['/rollouts/r1/events', EVENT_PAGE],
    ['/rollouts/r1/measurements', MEASUREMENT_PAGE],
  ])('gives as long a page of %s as the store does', async (path, page) => {
    expect((await get(`${path}?limit=${page.max}`)).status).toBe(200);
    const { status, body } = await get(`${path}?limit=${page.max + 1}`);
    expect(status).toBe(400);
    expect(body.error.message).toBe(`limit must be <= ${page.max}`);

    const { paths: specified } = (await get('/openapi.json')).body;
    const { parameters } = specified[path.replace('r1', '{id}')].get;
    expect(parameters).toContainEqual(
      expect.objectContaining({
        name: 'limit',
        description: `Most rows of the page; ${page.fallback} where it is absent`,
      }),
    );
  });

  it('shows what a measurement counted and what is known after it', async () => {
    const { state, revision, epoch } = (await served.store.get('r1'))!;
    const at = '2026-11-22T12:00:10.000Z';
    const measurement: Measurement = {
      metric: 'latency',
      scope: 'gate',
      at,
      window: { from: at, to: at },
      weight: 50,
      unit: 'ms',
      verdict: 'Fail',
      rule: 'Regression after 4 looks',
      band: { lower: 1.5 },
      baseline: { offsetMs: 86_400_000 },
      counts: {
        bounds: [50, 100],
        canary: { requests: 900.5, events: [40, 8] },
        stable: { requests: 17000, events: [200, 31] },
        interrupted: false,
      },
      evidence: {
        conclusion: 'regression',
        ratio: 3.4,
        lower: 1.5,
        bound: 100,
        pValue: 0.001,
        alpha: 0.025,
        looks: 4,
        requests: { canary: 900, stable: 17000 },
        moved: { bound: 50, canary: 0.04, stable: 0.01 },
      },
      query: 'sum by (le) (increase(…))',
    };
    await served.store.commit({
      id: 'r1',
      revision,
      epoch,
      next: state,
      events: [],
      measurements: [measurement],
      outbox: [],
    });
    const { status, body } = await get('/rollouts/r1/measurements');
    expect(status).toBe(200);
    expect(body.items).toEqual([measurement]);
  });

  it.each(paths)('knows no other rollout at %s', async path => {
    expect((await get(`/rollouts/r9${path}`)).status).toBe(404);
  });

  it.each(paths)('needs the read permission at %s', async path => {
    served.denied.push({ permission: canaryRolloutReadPermission });
    const { status, body } = await get(`/rollouts/r1${path}`);
    expect(status).toBe(403);
    expect(body.error.message).toContain('canary.rollout.read');
  });

  it.each(paths)('hides at %s what is of an invisible entity', async path => {
    served.denied.push({ permission: canaryRolloutReadPermission });
    jest.spyOn(served.catalog, 'getEntityByRef').mockResolvedValue(undefined);
    const { status, body } = await get(`/rollouts/r1${path}`);
    expect(status).toBe(404);
    expect(body.error.message).not.toContain('checkout');
  });

  it('shows holds and waits in ISO time', async () => {
    await pauseByHand('r1');
    const { body } = await get('/rollouts/r1');
    expect(body.holds).toEqual([
      {
        reason: 'Manual',
        message: 'Ada paused it.',
        since: '2026-11-22T12:00:00.000Z',
        endsBy: 'person',
      },
    ]);
    expect(body.waitingFor.nextCheckAt).toBe('2026-11-22T12:00:00.000Z');
  });

  it.each(['yesterday', '2026-99-99T00:00:00Z', '1'])(
    'refuses measurements from %s',
    async from => {
      const { status, body } = await get(
        `/rollouts/r1/measurements?from=${from}`,
      );
      expect(status).toBe(400);
      expect(body.error.message).toMatch(/^from is not an instant/);
    },
  );
});

describe('the rest', () => {
  it('lists plans', async () => {
    const { body } = await get('/plans');
    expect(body.items).toMatchObject([{ name: 'careful' }]);
    expect((await get('/plans/careful')).body.name).toBe('careful');
    expect((await get('/plans/bold')).status).toBe(404);
  });

  it('tells its health to everybody', async () => {
    const { status, body } = await get('/health').set(
      'authorization',
      mockCredentials.none.header(),
    );
    expect(status).toBe(200);
    expect(body).toEqual({
      status: 'ok',
      lastTickAgeMs: 12,
      clusters: [],
      replicas: [],
    });
  });

  it('serves its specification', async () => {
    const { body } = await get('/openapi.json');
    expect(body.openapi).toBe('3.1.0');
    expect(Object.keys(body.paths)).toEqual(Object.keys(spec.paths));
  });
});

describe('the audit log', () => {
  it('notes a start with who, what and the request', async () => {
    await start();
    expect(served.auditor.createEvent).toHaveBeenCalledWith(
      expect.objectContaining({
        eventId: 'rollout-start',
        request: expect.objectContaining({ method: 'POST' }),
        meta: expect.objectContaining({
          entityRef: CHECKOUT,
          userEntityRef: 'user:default/ada',
        }),
      }),
    );
    expect(served.auditEvent.success).toHaveBeenCalledWith({
      meta: expect.objectContaining({ rolloutId: 'r1' }),
    });
  });

  it.each([
    ['refused for a permission', { command: 'abort' }, 'NotAllowedError'],
    [
      'refused for its version',
      { command: 'pause', expectedVersion: 9 },
      'ConflictError',
    ],
  ])('notes a command that was %s', async (_, body, name) => {
    await start();
    await become('r1', { phase: 'Progressing' });
    served.denied.push({ permission: canaryRolloutAbortPermission });
    await command('r1', body);
    expect(served.auditor.createEvent).toHaveBeenLastCalledWith(
      expect.objectContaining({
        eventId: 'rollout-command',
        meta: expect.objectContaining({
          rolloutId: 'r1',
          entityRef: CHECKOUT,
          command: body.command,
          userEntityRef: 'user:default/ada',
        }),
      }),
    );
    expect(served.auditEvent.fail).toHaveBeenCalledWith({
      error: expect.objectContaining({ name }),
    });
  });
});

describe('POST /plans/import', () => {
  const text = [
    'apiVersion: flagger.app/v1beta1',
    'kind: Canary',
    'metadata: { name: podinfo }',
    'spec: { analysis: { stepWeights: [5, 50], metrics: [{ name: request-duration, thresholdRange: { max: 250 } }] } }',
  ].join('\n');
  const importText = (body: object) =>
    request(served.app).post('/plans/import').send(body);

  it('answers with text for app-config.yaml and notes, and writes nothing', async () => {
    const before = (await get('/plans')).body;
    const { status, body } = await importText({ text });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      format: 'flagger',
      yaml: expect.stringContaining('setWeight: 50'),
      notes: expect.arrayContaining([
        {
          path: 'spec.analysis.metrics[0].name',
          severity: 'changed',
          message: expect.stringContaining('95th percentile'),
        },
      ]),
    });
    expect((await get('/plans')).body).toEqual(before);
    expect((await get('/rollouts')).body.items).toEqual([]);
  });

  it.each([
    ['no text', {}, 400, /text/],
    ['an empty text', { text: '' }, 400, /text is empty/],
    ['a text that is none', { text: 7 }, 400, /text must be string/],
    ['another format', { text, format: 'helm' }, 400, /format must be equal/],
    ['the wrong format', { text, format: 'argo' }, 400, /nothing of Argo/],
    ['an unknown field', { text, url: 'x' }, 400, /must not have "url"/],
    ['no YAML', { text: 'a: [' }, 400, /^text: is no valid YAML/],
    ['a long text', { text: '#'.repeat(300_000) }, 400, /^text: is longer/],
    ['two megabytes', { text: '#'.repeat(2_000_000) }, 413, /too large/],
  ])('refuses %s', async (_, body, status, message) => {
    const answer = await importText(body);
    expect(answer.status).toBe(status);
    expect(answer.body.error.message).toMatch(message);
  });

  it('is for everybody who is signed in, and for nobody else', async () => {
    served.denied.push({ permission: canaryRolloutReadPermission });
    expect((await importText({ text })).status).toBe(200);
    const { status } = await importText({ text }).set(
      'authorization',
      mockCredentials.none.header(),
    );
    expect(status).toBe(401);
  });
});
