import http, { ServerResponse } from 'node:http';
import { AddressInfo } from 'node:net';
import { Portal } from './__testUtils__/Portal';
import { serviceEntity } from './__testUtils__/serviceEntity';
import { Shop } from './__testUtils__/Shop';

jest.setTimeout(90_000);

/** Who was called, waiting for an answer. */
const calls: { readonly key: unknown; readonly response: ServerResponse }[] =
  [];
const hooks = http.createServer(({ headers }, response) => {
  calls.push({ key: headers['idempotency-key'], response });
});
let shop: Shop;
let portal: Portal;

beforeAll(async () => {
  await new Promise<void>(resolve => hooks.listen(0, '127.0.0.1', resolve));
  shop = await Shop.open();
  const { port } = hooks.address() as AddressInfo;
  portal = await Portal.open({
    entities: [
      serviceEntity('checkout', { 'canary/workload': 'deployment/checkout' }),
    ],
    canary: {
      clusters: [{ name: 'shop', url: shop.kubernetesUrl, token: 'any' }],
      webhooks: { 'load-test': { url: `http://127.0.0.1:${port}` } },
      plans: {
        called: {
          traffic: {
            router: 'gateway-api',
            route: { name: 'checkout' },
            settle: '0s',
            drain: '0s',
          },
          steps: [
            { webhook: { name: 'load-test', timeout: '1m' } },
            { setWeight: 30 },
            { webhook: { name: 'load-test', timeout: '1m' } },
          ],
          analysis: 'none',
        },
      },
    },
  });
});

afterAll(async () => {
  await portal.stop();
  await shop.close();
  hooks.closeAllConnections();
  await new Promise(resolve => hooks.close(resolve));
});

const called = async (times: number) => {
  while (calls.length < times) {
    await new Promise(resolve => setTimeout(resolve, 20));
  }
  return calls[times - 1];
};

it('goes on as soon as its webhook answers, and back at once while another one does not', async () => {
  const { id } = await portal.roll('checkout', 'shop/checkout:v2', 'called');
  const first = await called(1);
  expect(first.key).toBe(`${id}/0`);
  const answeredAt = Date.now();
  first.response.writeHead(204).end();
  await portal.until(id, ({ step }) => step.index === 1);
  expect(Date.now() - answeredAt).toBeLessThan(2_000);

  const second = await called(2);
  expect((await portal.rollout(id)).weight.observed).toBe(30);
  const hungUp = new Promise(resolve => second.response.on('close', resolve));
  const abortedAt = Date.now();
  await portal.post(`/rollouts/${id}/commands`, { command: 'abort' });
  await portal.until(id, ({ weight }) => weight.observed === 0);
  await hungUp;
  expect(Date.now() - abortedAt).toBeLessThan(3_000);
  await portal.untilPhase(id, 'RolledBack');
  expect(calls).toHaveLength(2);
});
