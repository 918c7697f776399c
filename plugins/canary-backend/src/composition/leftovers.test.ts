import { KubernetesObject } from 'backstage-plugin-canary-node';
import { deploymentRef, serviceRef } from '../kubernetes/objects/refs';
import { checkoutDeployment, checkoutService } from '../workload/testing/shop';
import { Release } from './testing/Release';

const V2 = 'shop/checkout:v2';
const CANARY = deploymentRef('shop', 'checkout-canary');

jest.setTimeout(60_000);

let release: Release;

beforeEach(async () => {
  const objects = [checkoutDeployment(), checkoutService()];
  release = await Release.open({ objects });
});
afterEach(() => release.close());

/** An object of the shop that was made for a rollout. */
const madeFor = (id: string, object: KubernetesObject): KubernetesObject => ({
  ...object,
  metadata: {
    ...object.metadata,
    uid: `late-${object.kind}`,
    labels: { 'canary/rollout': id },
  },
});
const lateDeployment = (id: string, name = 'checkout-canary') =>
  madeFor(id, checkoutDeployment({}, { name }));
const lateService = (id: string) =>
  madeFor(id, checkoutService('checkout-canary'));

/** The id of a rollout that was taken back. */
async function abortOne(): Promise<string> {
  await release.start({ image: V2 });
  await release.until(({ phase }) => phase === 'Progressing');
  await release.command('abort');
  await release.toTheEnd();
  await release.keep();
  expect(release.cluster.read(CANARY)).toBeUndefined();
  return release.rollout.id;
}

describe('an object of a rollout that ended', () => {
  it('makes room for the next start, which says so', async () => {
    const id = await abortOne();
    await release.cluster.create(lateDeployment(id));
    await release.cluster.create(lateService(id));
    const said = [
      `Deployment shop/checkout-canary of rollout ${id}, which has ended, is left over`,
      `Service shop/checkout-canary of rollout ${id}, which has ended, is left over`,
    ];

    const { warnings } = await release.preview({ image: V2 });
    expect(warnings).toEqual(
      expect.arrayContaining(said.map(one => expect.stringContaining(one))),
    );
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Progressing');
    expect(release.cluster.read(CANARY)?.metadata).toMatchObject({
      labels: { 'canary/rollout': release.rollout.id },
    });
    expect(release.events.map(({ message }) => message)).toEqual(
      expect.arrayContaining(said.map(one => expect.stringContaining(one))),
    );
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
  });

  it('that arrives after the next start makes room as well', async () => {
    const id = await abortOne();
    await release.start({ image: V2 });
    await release.cluster.create(lateService(id));
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
    const ref = serviceRef('shop', 'checkout-canary');
    expect(release.cluster.read(ref)).toBeUndefined();
  });

  it('goes though no canary needs its name: its pods take requests of the stable', async () => {
    const id = await abortOne();
    await release.cluster.create(lateDeployment(id, 'checkout-baseline'));
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Progressing');
    const ref = deploymentRef('shop', 'checkout-baseline');
    expect(release.cluster.read(ref)).toBeUndefined();
  });

  it('that users reach is left, and what is in the way is said', async () => {
    const id = await abortOne();
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Initializing');
    const ref = serviceRef('shop', 'checkout-canary');
    release.cluster.remove(ref);
    await release.cluster.create(lateService(id));
    release.send([
      { name: 'checkout', port: 80, weight: 50 },
      { name: 'checkout-canary', port: 80, weight: 50 },
    ]);
    await (await release.tick()).tick();
    expect(release.rollout.waitingFor?.message).toContain(
      `Service shop/checkout-canary of rollout ${id}, which has ended, is in the way, and the route sends users to it; take it out of the route first`,
    );
    expect(release.cluster.read(ref)?.metadata.uid).toBe('late-Service');
  });

  it('is not taken from a rollout that nobody here knows the end of', async () => {
    await release.cluster.create(lateDeployment('of-another-portal'));
    await expect(release.start({ image: V2 })).rejects.toThrow(
      'Deployment shop/checkout-canary exists already and does not belong to this rollout',
    );
  });

  it('is not taken from under users that the route sends to it', async () => {
    const id = await abortOne();
    await release.cluster.create(lateService(id));
    release.send([
      { name: 'checkout', port: 80, weight: 50 },
      { name: 'checkout-canary', port: 80, weight: 50 },
    ]);
    await expect(release.start({ image: V2 })).rejects.toThrow(
      'sends to Service checkout-canary already; take that out of it first',
    );
  });
});
