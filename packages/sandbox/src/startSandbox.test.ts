import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox, SandboxOptions } from './SandboxOptions';
import { startSandbox } from './startSandbox';
import { SandboxClient } from './testing/SandboxClient';
import { seededRandom } from './testing/seededRandom';

jest.setTimeout(60_000);

const timings = { startMs: 10, readyMs: 50, drainMs: 300 };
const checkout = 'deployments/checkout';

describe('the sandbox', () => {
  let sandbox: Sandbox;
  let client: SandboxClient;

  async function start(options: SandboxOptions = {}) {
    sandbox = await startSandbox({
      timings,
      random: seededRandom(3),
      load: { requestsPerSecond: 0 },
      ...options,
    });
    client = new SandboxClient(sandbox);
  }

  afterEach(() => sandbox?.stop());

  it('serves both shops from four ready pods each', async () => {
    await start();
    const answers = await client.visit('payments.shop.example', 40);
    expect(answers[0]).toEqual({
      code: 200,
      service: 'payments',
      version: 'v1',
      pod: expect.stringMatching(/^payments-[a-z0-9]+-[a-z0-9]{5}$/),
    });
    expect(new Set(answers.map(({ pod }) => pod)).size).toBe(4);
    const [none] = await client.visit('nobody.shop.example', 1);
    expect(none.code).toBe(404);
  });

  it('splits requests by the weights of the route', async () => {
    await start();
    await client.createCanary('v2');
    await client.setWeights(80, 20);
    const answers = await client.visit('checkout.shop.example', 1000);
    const canary = answers.filter(({ version }) => version === 'v2').length;
    // Five standard deviations of the binomial: 1,000 x 0.2 x 0.8.
    expect(Math.abs(canary - 200)).toBeLessThan(5 * Math.sqrt(160));
    expect(await client.stats('checkout-canary-.*')).toMatchObject({
      requests: canary,
      errors: 0,
    });
  });

  it('accepts the route anew at every generation', async () => {
    await start();
    await client.setWeights(100, 0);
    const { metadata, status } = await client.until(
      () => client.get('httproutes/checkout'),
      route => accepted(route).observedGeneration === route.metadata.generation,
    );
    expect(metadata.generation).toBe(2);
    expect(status.parents[0].conditions).toMatchObject([
      { type: 'Accepted', status: 'True' },
      { type: 'ResolvedRefs', status: 'False', reason: 'BackendNotFound' },
    ]);
  });

  it('loses no request while pods come and go', async () => {
    await start({
      load: { requestsPerSecond: 200 },
      // Pods that come more slowly than they go: capacity that is lost shows.
      timings: { startMs: 200, readyMs: 200, drainMs: 100 },
    });
    for (const tag of ['v2', 'v3']) {
      await client.setImage(checkout, `shop/checkout:${tag}`);
      await client.untilSettled(checkout);
    }
    await client.patch(checkout, { spec: { replicas: 8 } });
    await client.untilSettled(checkout);
    await client.patch(checkout, { spec: { replicas: 2 } });
    await client.untilSettled(checkout);
    await client.until(
      () => client.list('pods?labelSelector=app=checkout'),
      pods => pods.length === 2,
    );
    const { sent, failed } = await client.control('load');
    expect({ enough: sent > 100, failed }).toEqual({ enough: true, failed: 0 });
  });

  it('sends a pod no new request while it still serves, before it goes', async () => {
    await start({ timings: { ...timings, drainMs: 10_000 } });
    const portsOf = async (pod: string) =>
      (await client.get('endpoints/checkout')).subsets
        // A pod that is not ready is in `notReadyAddresses` alone.
        .filter(({ addresses }: any) => addresses?.[0].targetRef.name === pod)
        .map((subset: any) => subset.ports[0].port);
    const [{ metadata }] = await client.list('pods?labelSelector=app=checkout');
    const [port] = await portsOf(metadata.name);
    await client.delete(`pods/${metadata.name}`);
    await client.until(
      () => portsOf(metadata.name),
      ports => ports.length === 0,
    );
    const direct = () => fetch(`http://127.0.0.1:${port}/`);
    expect((await direct()).status).toBe(200);
    await client.until(
      () =>
        direct().then(
          () => false,
          () => true,
        ),
      refused => refused,
    );
  });

  it.each([
    ['v2-crash', 'CrashLoopBackOff', 'Running'],
    ['v2-missing', 'ImagePullBackOff', 'Pending'],
  ])('shows %s as %s, and keeps the old pods', async (tag, reason, phase) => {
    await start();
    await client.setImage(checkout, `shop/checkout:${tag}`);
    const pod = await client.until(
      async () =>
        (
          await client.list('pods?labelSelector=app=checkout')
        ).find((item: any) => item.spec.containers[0].image.endsWith(tag)),
      found =>
        found?.status?.containerStatuses?.[0].state.waiting?.reason === reason,
    );
    expect(pod.status.phase).toBe(phase);
    expect((await client.get(checkout)).status.availableReplicas).toBe(4);
    const [answer] = await client.visit('checkout.shop.example', 1);
    expect(answer.version).toBe('v1');
  });

  it.each([
    ['v2-errors', (stats: any) => stats.errorRate > 2 && stats.errorRate < 9],
    ['v2-slow', (stats: any) => stats.latencyMs.p99 > 15],
    ['v2', (stats: any) => stats.errors === 0],
  ])('makes %s as good as its name', async (tag, holds) => {
    await start();
    await client.createCanary(tag);
    await client.setWeights(0, 1);
    await client.visit('checkout.shop.example', 600);
    const stats = await client.stats('checkout-canary-.*');
    expect({ stats, holds: holds(stats) }).toMatchObject({ holds: true });
  });

  it.each([
    ['v2', 0.02],
    ['v2-subtle', 0.06],
  ])(
    'lets payments of %s fail, and never those who only look',
    async (tag, share) => {
      await start({ errorShare: 0.02 });
      await client.createCanary(tag);
      await client.setWeights(0, 1);
      const looks = await client.visit('checkout.shop.example', 400);
      expect(looks.every(({ code }) => code === 200)).toBe(true);

      const payments = await client.visit('checkout.shop.example', 400, '/pay');
      const failed = payments.filter(({ code }) => code === 500).length;
      // A fifth of the load are payments: they fail five times as often.
      expect(failed / payments.length).toBeGreaterThan(5 * share - 0.06);
      expect(failed / payments.length).toBeLessThan(5 * share + 0.06);
    },
  );

  it('copies requests to a mirror, whose answers nobody sees', async () => {
    await start();
    await client.createCanary('v2');
    await client.setMirror('checkout-canary');
    const answers = await client.visit('checkout.shop.example', 50);
    expect(answers.every(({ version }) => version === 'v1')).toBe(true);
    await client.until(
      () => client.stats('checkout-canary-.*'),
      stats => stats.requests === 50,
    );
  });

  it('runs another image id when a tag is pushed again', async () => {
    await start();
    const ids = async () => {
      const pods = await client.list('pods?labelSelector=app=checkout');
      return new Set(
        pods.map((pod: any) => pod.status.containerStatuses[0].imageID),
      ).size;
    };
    expect(await ids()).toBe(1);
    await client.post('images', { image: 'shop/checkout:v1' });
    await client.patch(checkout, { spec: { replicas: 5 } });
    await client.untilSettled(checkout);
    expect(await ids()).toBe(2);
  });

  it('answers 503 on its figures while metrics are switched off', async () => {
    await start();
    await client.post('metrics', { available: false });
    await expect(client.stats('.*')).rejects.toThrow('503');
    await client.post('metrics', { available: true });
    expect(await client.stats('.*')).toMatchObject({ errors: 0 });
  });

  it.each(['window=x', 'window=1h', 'pods=(', 'pods=a&pods=b'])(
    'refuses to answer for %s',
    async query => {
      await start();
      const answer = await fetch(`${sandbox.controlUrl}/stats?${query}`);
      expect(answer.status).toBe(400);
    },
  );

  it('resumes the cluster it was', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sandbox-resume-'));
    const stateFile = join(folder, 'state.json');
    await start({ stateFile });
    await client.createCanary('v2');
    await client.setWeights(0, 1);
    const before = await client.get(checkout);
    await sandbox.stop();
    await start({ stateFile });
    const after = await client.get(checkout);
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.metadata.generation).toBe(before.metadata.generation);
    const [answer] = await client.visit('checkout.shop.example', 1);
    expect(answer.version).toBe('v2');
    rmSync(folder, { recursive: true });
  });

  it('goes back to its seed', async () => {
    await start();
    await client.createCanary('v2');
    const before = await client.get(checkout);
    await client.post('denials', {
      denials: [{ verb: 'patch', resource: 'deployments' }],
    });
    await client.post('reset', {});
    const after = await client.get(checkout);
    expect(after.metadata.uid).not.toBe(before.metadata.uid);
    await expect(client.get('deployments/checkout-canary')).rejects.toThrow(
      '404',
    );
    await client.patch(checkout, { spec: { replicas: 4 } });
    const [answer] = await client.visit('checkout.shop.example', 1);
    expect(answer.code).toBe(200);
  });

  it('fails to start on a port that is taken, leaving nothing behind', async () => {
    await start();
    const taken = Number(new URL(sandbox.gatewayUrl).port);
    await expect(startSandbox({ gatewayPort: taken })).rejects.toThrow(
      'EADDRINUSE',
    );
  });

  it('closes every port when it stops, with a watch open', async () => {
    await start();
    const watch = request(
      `${sandbox.kubernetesUrl}/api/v1/pods?watch=true`,
    ).end();
    const cut = new Promise(resolve => {
      watch.on('response', response => {
        response.resume();
        response.once('close', resolve);
        void sandbox.stop();
      });
    });
    await cut;
    for (const url of [sandbox.kubernetesUrl, sandbox.gatewayUrl]) {
      await expect(fetch(url)).rejects.toThrow();
    }
  });
});

function accepted(route: any) {
  return route.status?.parents?.[0]?.conditions[0] ?? {};
}
