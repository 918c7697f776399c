import { KubernetesObject } from 'backstage-plugin-canary-node';
import {
  checkoutDeployment,
  checkoutService,
  checkoutTemplate,
} from '../workload/testing/shop';
import { Release } from './testing/Release';

const V1 = 'shop/checkout:v1';
const V2 = 'shop/checkout:v2';

/** An application, the proxy beside it, and what comes before both. */
function shop(images: { migrate: string }): KubernetesObject[] {
  const template = checkoutTemplate({
    initContainers: [
      { name: 'migrate', image: images.migrate },
      { name: 'log', image: 'shop/log:v3', restartPolicy: 'Always' },
    ],
  });
  return [checkoutDeployment({ template }), checkoutService()];
}

let release: Release;

async function open(images = { migrate: V1 }) {
  release = await Release.open({ objects: shop(images) });
  return release;
}

afterEach(() => release.close());

const imagesIn = (name: string) => {
  const { containers, initContainers = [] } = release.template(name).spec;
  return Object.fromEntries(
    [...initContainers, ...containers].map(one => [one.name, one.image]),
  );
};

const THREE = { checkout: V2, migrate: V2, log: 'shop/log:v4' };
const BEFORE = {
  migrate: V1,
  log: 'shop/log:v3',
  checkout: V1,
  proxy: 'shop/proxy:v7',
};

describe('a release of init containers and sidecars', () => {
  it('gives them their images in the canary, then in the stable', async () => {
    await (await open()).start({ images: THREE });
    await release.until(({ phase }) => phase === 'Progressing');
    expect(imagesIn('checkout-canary')).toEqual({ ...BEFORE, ...THREE });
    expect(imagesIn('checkout')).toEqual(BEFORE);

    await release.toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('Promoted');
    expect(imagesIn('checkout')).toEqual({ ...BEFORE, ...THREE });
  });

  it('gives them their own images back when it is aborted half promoted', async () => {
    await (await open()).start({ images: THREE });
    await release.until(({ promotion }) => promotion !== undefined);
    expect(imagesIn('checkout')).toEqual({ ...BEFORE, ...THREE });

    await (await release.command('abort')).toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('Aborted');
    expect(imagesIn('checkout')).toEqual(BEFORE);
  });

  it('is not done while somebody else has put one of their images back', async () => {
    await (await open()).start({ images: THREE });
    await release.until(({ promotion }) => promotion?.seenAt !== undefined);
    release.edit(({ template }) => {
      template.spec.initContainers[0].image = V1;
    });
    await release.toTheEnd();
    expect(release.rollout.outcome?.reason).toBe('PromotionReverted');
  });

  it('is asked for by container where one image could be for several', async () => {
    const asked = (await open()).start({ image: V2 });
    await expect(asked).rejects.toMatchObject({
      name: 'InputError',
      message: expect.stringContaining(
        'images: {"checkout":"shop/checkout:v2","migrate":"shop/checkout:v2"}',
      ),
    });
  });

  it('takes one image where a single container is of its repository', async () => {
    await (await open({ migrate: 'shop/busybox' })).start({ image: V2 });
    expect(release.rollout.images).toEqual({
      stable: { checkout: V1 },
      canary: { checkout: V2 },
    });
  });

  it('shows what every container runs now, and what it is to run', async () => {
    const preview = await (
      await open()
    ).preview({ images: { checkout: V2, log: 'shop/log:v4' } });
    expect(preview.containers).toEqual([
      { name: 'checkout', kind: 'container', stable: V1, canary: V2 },
      {
        name: 'proxy',
        kind: 'container',
        stable: 'shop/proxy:v7',
        canary: 'shop/proxy:v7',
      },
      { name: 'migrate', kind: 'init', stable: V1, canary: V1 },
      {
        name: 'log',
        kind: 'sidecar',
        stable: 'shop/log:v3',
        canary: 'shop/log:v4',
      },
    ]);
    expect(preview.warnings).toContainEqual(
      'Container migrate keeps shop/checkout:v1, while checkout of the same repository gets shop/checkout:v2; name it in images if both are of one release.',
    );
  });
});

describe('a rollout that was started before init containers counted', () => {
  const named = { stable: { checkout: V1 }, canary: { checkout: V2 } };

  it('promotes, and leaves them as they are', async () => {
    await (await open()).start({ images: THREE });
    release.rollout = { ...release.rollout, images: named };
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
    expect(imagesIn('checkout')).toEqual({ ...BEFORE, checkout: V2 });
  });

  it('gives back what it took, and nothing else', async () => {
    await (await open()).start({ images: THREE });
    release.rollout = { ...release.rollout, images: named };
    await release.until(({ promotion }) => promotion !== undefined);
    await (await release.command('abort')).toTheEnd();
    expect(release.rollout.phase).toBe('RolledBack');
    expect(imagesIn('checkout')).toEqual(BEFORE);
  });
});
