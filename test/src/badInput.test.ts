import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MetricsServer } from './__testUtils__/MetricsServer';
import { Portal } from './__testUtils__/Portal';
import { serviceEntity } from './__testUtils__/serviceEntity';
import { Shop } from './__testUtils__/Shop';

jest.setTimeout(90_000);

const CHECKOUT = 'component:default/checkout';
const ADA = 'user:default/ada';
const checkout = { 'canary/workload': 'deployment/checkout' };

const repository = mkdtempSync(path.join(os.tmpdir(), 'canary-repository-'));
const metrics = new MetricsServer();
let shop: Shop;
let portal: Portal;
let untouched: unknown;

/** An entity whose plan lies beside it; JSON is YAML too. */
function planned(name: string, spec: object | string) {
  const text =
    typeof spec === 'string'
      ? spec
      : JSON.stringify({
          apiVersion: 'canary/v1alpha1',
          kind: 'CanaryPlan',
          metadata: { name },
          spec,
        });
  writeFileSync(path.join(repository, `${name}.yaml`), text);
  const place = path.join(repository, 'catalog-info.yaml');
  return serviceEntity(name, {
    ...checkout,
    'canary/plan': `./${name}.yaml`,
    'backstage.io/managed-by-location': `file:${place}`,
  });
}

const ratio = { router: 'replica-ratio' };
const entities = [
  serviceEntity('checkout', checkout),
  serviceEntity('bare'),
  serviceEntity('gone', { 'canary/workload': 'deployment/gone' }),
  serviceEntity('unfound', { 'backstage.io/kubernetes-id': 'unfound' }),
  serviceEntity('twins', {
    'backstage.io/kubernetes-label-selector': 'app in (checkout, payments)',
  }),
  planned('careless', {
    traffic: { router: 'gateway-api', rout: { name: 'checkout' } },
    steps: [
      { setWeight: 120 },
      { analysis: { metrics: ['speed'], interval: '1s', duration: '2s' } },
      { setWieght: 50 },
    ],
    deadline: 'soon',
  }),
  planned('garbled', 'spec: [: {'),
  planned('endless', {
    traffic: { router: 'gateway-api', route: { name: 'checkout' } },
    steps: [{ setWeight: 10 }],
    analysis: {
      metrics: ['quality'],
      interval: '1m',
      gate: { duration: '1h' },
    },
    deadline: '30m',
  }),
  planned('mirrored', {
    traffic: ratio,
    steps: [{ setWeight: 20 }, { mirror: 10 }],
    analysis: 'none',
  }),
  planned('fine-grained', {
    traffic: ratio,
    steps: [{ setWeight: 1 }],
    analysis: 'none',
  }),
  planned('astray', {
    traffic: { router: 'gateway-api', route: { name: 'nowhere' } },
    steps: [{ setWeight: 10 }],
    analysis: 'none',
  }),
  planned('misled', {
    traffic: { router: 'gateway-api', route: { name: 'payments' } },
    steps: [{ setWeight: 10 }],
    analysis: 'none',
  }),
];

beforeAll(async () => {
  await metrics.start();
  shop = await Shop.open();
  untouched = await shop.snapshot();
  portal = await Portal.open({
    entities,
    canary: {
      clusters: [{ name: 'shop', url: shop.kubernetesUrl, token: 'any' }],
      metricSources: { web: { kind: 'web', url: metrics.url } },
      metrics: {
        quality: {
          source: 'web',
          query: '/quality#$.value',
          judge: { kind: 'threshold', max: 1 },
        },
      },
      defaultPlan: 'approved',
      plans: {
        approved: {
          traffic: {
            router: 'gateway-api',
            route: { name: 'checkout' },
            settle: '0s',
            drain: '0s',
          },
          steps: [{ setWeight: 10 }, { approval: { by: ADA } }],
          analysis: { metrics: ['quality'], interval: '1s' },
        },
      },
    },
  });
});
afterAll(async () => {
  await portal?.stop();
  await shop?.close();
  await metrics.stop();
  rmSync(repository, { recursive: true, force: true });
});

/** A sentence of a Backstage error: what is wrong, and nothing of our insides. */
function sentenceOf({ body }: { readonly body: any }): string {
  const { message, stack } = body.error;
  expect(stack).toBeUndefined();
  expect(message).not.toMatch(/undefined|\[object|TypeError|node_modules/);
  return message;
}

describe('a start that cannot be', () => {
  it.each<{
    outcome: string;
    entity?: string;
    request?: object;
    denied?: string;
    status?: number;
    wants: RegExp[];
  }>([
    {
      outcome: 'an unknown entity',
      entity: 'nope',
      status: 404,
      wants: [/no entity component:default\/nope/],
    },
    {
      outcome: 'an entity without annotations, with the lines to add',
      entity: 'bare',
      wants: [/canary\/workload: deployment\/bare/, /catalog-info\.yaml/],
    },
    {
      outcome: 'a workload that is not there',
      entity: 'gone',
      status: 404,
      wants: [/Deployment shop\/gone does not exist in cluster shop/],
    },
    {
      outcome: 'a selector that finds nothing',
      entity: 'unfound',
      status: 404,
      wants: [/kubernetes-id=unfound/, /namespace shop/],
    },
    {
      outcome: 'a selector that finds two workloads, with their names',
      entity: 'twins',
      wants: [/checkout, payments/, /canary\/workload/],
    },
    {
      outcome: 'a plan beside the entity, with all its mistakes at once',
      entity: 'careless',
      wants: [
        /careless\.yaml/,
        /traffic.*: does not know "rout"/,
        /traffic\.route: is missing/,
        /steps\[2\]: there is no step "setWieght"/,
        /deadline: "soon" is not a duration/,
        /analysis: is missing/,
      ],
    },
    {
      outcome: 'a plan that is no YAML',
      entity: 'garbled',
      wants: [/garbled\.yaml is no valid YAML: .* at line 1, column 11$/],
    },
    {
      outcome: 'a gate that outlasts the deadline',
      entity: 'endless',
      wants: [/analysis\.gate\.duration: lasts 1h .* deadline .* 30m/],
    },
    {
      outcome: 'a step that the router cannot do',
      entity: 'mirrored',
      wants: [
        /steps\[1\]\.mirror: the router replica-ratio cannot mirror requests/,
      ],
    },
    {
      outcome: 'a weight that so few pods cannot make',
      entity: 'fine-grained',
      wants: [/cannot be rolled out/, /1 %/],
    },
    {
      outcome: 'a route that is not there',
      entity: 'astray',
      wants: [/HTTPRoute .*nowhere/],
    },
    {
      outcome: "a route of somebody else's traffic",
      entity: 'misled',
      wants: [/HTTPRoute .*payments/, /checkout/],
    },
    {
      outcome: 'an unknown plan',
      request: { plan: 'bold' },
      status: 404,
      wants: [/no plan "bold"/, /canary\.plans has approved/],
    },
    {
      outcome: 'an empty image',
      request: { image: '' },
      wants: [/^image is empty$/],
    },
    {
      outcome: 'an image of blanks',
      request: { image: ' ' },
      wants: [/image is empty/],
    },
    {
      outcome: 'the image that runs already',
      request: { image: 'shop/checkout:v1' },
      wants: [/runs shop\/checkout:v1 already/],
    },
    {
      outcome: 'a container that does not exist',
      request: { image: undefined, images: { sidecar: 'x:1' } },
      wants: [/"sidecar"/, /containers are checkout/],
    },
    {
      outcome: 'somebody without the permission',
      denied: 'canary.rollout.start',
      status: 403,
      wants: [/canary\.rollout\.start for component:default\/checkout/],
    },
  ])(
    'is refused for $outcome, and leaves nothing behind',
    async ({ entity = 'checkout', request, denied, status = 400, wants }) => {
      const body = {
        entityRef: `component:default/${entity}`,
        image: 'shop/checkout:v2',
        ...request,
      };
      if (denied) portal.denied.add(denied);
      const previewed = await portal.post('/rollouts/preview', body);
      const started = await portal.post('/rollouts', body);
      portal.denied.clear();

      expect(started).toMatchObject({ status });
      const sentence = sentenceOf(started);
      for (const want of wants) expect(sentence).toMatch(want);
      // The dialog says before what the start would say.
      expect(previewed).toMatchObject({ status });
      expect(sentenceOf(previewed)).toBe(sentence);

      expect((await portal.get('/rollouts')).body.items).toEqual([]);
      expect(await shop.snapshot()).toEqual(untouched);
    },
  );
});

it('takes a good rollout after all of that to its end, through every click that cannot be', async () => {
  const v2 = { entityRef: CHECKOUT, image: 'shop/checkout:v2' };
  const { id } = (await portal.post('/rollouts', v2)).body;
  const { version } = await portal.until(id, ({ holds }) =>
    holds.some(({ reason }) => reason === 'Approval'),
  );
  const events = await portal.events(id);
  const held = await shop.snapshot();
  const command = (body: object, as?: string) =>
    portal.post(`/rollouts/${id}/commands`, body, as);
  const promote = { command: 'promote', expectedVersion: version };

  const second = await portal.post('/rollouts', v2);
  expect(second.status).toBe(409);
  expect(sentenceOf(second)).toMatch(
    new RegExp(`Rollout ${id} of Deployment shop/checkout is Paused; wait`),
  );

  const stale = await command({ ...promote, expectedVersion: version - 1 });
  expect(stale.status).toBe(409);
  expect(sentenceOf(stale)).toMatch(`at version ${version} by now`);

  const blind = await command({ command: 'promote' });
  expect(blind.status).toBe(400);
  expect(sentenceOf(blind)).toMatch(/expectedVersion is missing/);

  const wrong = await command({ command: 'resume', expectedVersion: version });
  expect(wrong.status).toBe(409);
  expect(sentenceOf(wrong)).toMatch(/not paused by hand/);

  portal.denied.add('canary.rollout.abort');
  const forbidden = await command({ command: 'abort' });
  portal.denied.clear();
  expect(forbidden.status).toBe(403);
  expect(sentenceOf(forbidden)).toMatch(/canary\.rollout\.abort for/);

  const stranger = await command(promote);
  expect(stranger.status).toBe(403);
  expect(sentenceOf(stranger)).toMatch(`Only ${ADA} may approve step 2`);

  expect(await portal.events(id)).toEqual(events);
  expect(await shop.snapshot()).toEqual(held);

  expect((await command(promote, ADA)).status).toBe(202);
  await portal.untilPhase(id, 'Succeeded');
  expect(await shop.image('checkout')).toBe('shop/checkout:v2');
  const audit = await portal.get(`/rollouts/${id}/audit`);
  expect(audit.body).toMatchObject({ valid: true });
});
