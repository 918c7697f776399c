import { KubernetesObject, ObjectRef } from 'backstage-plugin-canary-node';
import {
  deploymentRef,
  leaseRef,
  serviceRef,
} from '../kubernetes/objects/refs';
import { checkoutDeployment, checkoutService } from '../workload/testing/shop';
import { Release } from './testing/Release';

const V2 = 'shop/checkout:v2';
const CANARY = deploymentRef('shop', 'checkout-canary');
const SERVICE = serviceRef('shop', 'checkout-canary');
const LOCK = leaseRef('shop', 'checkout-canary');

jest.setTimeout(60_000);

let release: Release;

beforeEach(async () => {
  const objects = [checkoutDeployment(), checkoutService()];
  release = await Release.open({ objects });
});
afterEach(() => release.close());

/** The first create of this kind gets no answer, and lands once its rollout is over. */
function delayOne(kind: string) {
  let delayed: KubernetesObject | undefined;
  release.cluster.isLate = object => {
    if (object.kind !== kind || delayed) return false;
    delayed = object;
    return true;
  };
}

const kindsLeft = () =>
  [CANARY, SERVICE, LOCK]
    .filter((ref: ObjectRef) => release.cluster.read(ref))
    .map(({ kind }) => kind);

async function abortAndEnd() {
  await release.command('abort');
  await release.toTheEnd();
  await release.keep();
  expect(kindsLeft()).toEqual([]);
}

// One owner, one create that is slow: its retry made the object, the abort took
// it away, and then the first one arrived.
it.each(['Deployment', 'Service'])(
  'a %s that lands after its retry and after the end is gone by itself',
  async kind => {
    delayOne(kind);
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Progressing');
    await abortAndEnd();

    release.cluster.landLate();
    expect(kindsLeft()).toEqual([kind]);
    release.cluster.collectGarbage();
    expect(kindsLeft()).toEqual([]);
    await release.start({ image: V2 });
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
    expect(kindsLeft()).toEqual([]);
  },
);

it.each(['Deployment', 'Service', 'Lease'])(
  'a %s that lands after an abort which came before its retry keeps no start from coming',
  async kind => {
    delayOne(kind);
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Initializing');
    await abortAndEnd();

    // The lock itself has no owner: it waits for the sweep, or the next start.
    release.landLate();
    expect(kindsLeft()).toEqual(kind === 'Lease' ? [kind] : []);
    await release.start({ image: V2 });
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
    expect(kindsLeft()).toEqual([]);
  },
);

it('a lock that lands after the end is swept', async () => {
  delayOne('Lease');
  await release.start({ image: V2 });
  await release.until(({ phase }) => phase === 'Initializing');
  await abortAndEnd();
  expect(await release.sweep()).toEqual([]);
  release.landLate();
  expect(await release.sweep()).toEqual(['Lease shop/checkout-canary']);
  expect(kindsLeft()).toEqual([]);
});

it('what was made without a lock is swept, unless the route sends users to it', async () => {
  release.cluster.forbidden.add('create Lease');
  delayOne('Service');
  await release.start({ image: V2 });
  await release.until(({ phase }) => phase === 'Progressing');
  await abortAndEnd();
  release.landLate();
  const backend = (name: string, weight: number) => ({
    name,
    port: 80,
    weight,
  });
  release.send([backend('checkout', 90), backend('checkout-canary', 10)]);
  await expect(release.sweep()).rejects.toThrow(
    'The route sends users to shop/checkout-canary',
  );
  expect(kindsLeft()).toEqual(['Service']);
  release.send([backend('checkout', 1)]);
  expect(await release.sweep()).toEqual(['Service shop/checkout-canary']);
});

it('a sweep leaves what another rollout made, and what others copied', async () => {
  await release.start({ image: V2 });
  await release.until(({ phase }) => phase === 'Progressing');
  await abortAndEnd();
  const ended = release.rollout;
  const copy = checkoutDeployment(
    {},
    { name: 'mine', uid: 'copy', labels: { 'canary/rollout': ended.id } },
  );
  await release.cluster.create(copy);
  await release.start({ image: V2 });
  await release.until(({ phase }) => phase === 'Progressing');
  const { rollout } = release;
  release.rollout = ended;
  expect(await release.sweep()).toEqual([]);
  release.rollout = rollout;
  expect(kindsLeft()).toEqual(['Deployment', 'Service', 'Lease']);
});

describe('where the cluster lets nobody have a Lease', () => {
  beforeEach(() => {
    for (const verb of ['get', 'create', 'delete']) {
      release.cluster.forbidden.add(`${verb} Lease`);
    }
  });

  it('the rollout goes on without, and preview and history say so', async () => {
    const { warnings } = await release.preview({ image: V2 });
    expect(warnings).toContainEqual(
      expect.stringContaining('We may not keep a Lease in shop'),
    );
    await release.start({ image: V2 });
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
    const said = release.events.filter(({ data }) => data.warning === 'NoLock');
    expect(said).toHaveLength(1);
  });

  it('what lands after the end makes room for the next start', async () => {
    delayOne('Deployment');
    await release.start({ image: V2 });
    await release.until(({ phase }) => phase === 'Progressing');
    await abortAndEnd();
    release.landLate();
    expect(kindsLeft()).toEqual(['Deployment']);
    await release.start({ image: V2 });
    await release.toTheEnd();
    expect(release.rollout.phase).toBe('Succeeded');
  });
});

it('says nothing of a lock where there is one, and takes it away last', async () => {
  await release.start({ image: V2 });
  await release.until(({ phase }) => phase === 'Progressing');
  const { uid } = release.cluster.read(LOCK)!.metadata;
  for (const ref of [CANARY, SERVICE]) {
    expect(release.cluster.read(ref)?.metadata.ownerReferences).toEqual([
      { ...LOCK, namespace: undefined, uid },
    ]);
  }
  await release.toTheEnd();
  const ours = release.cluster.writes.filter(write =>
    write.endsWith('checkout-canary'),
  );
  expect(ours.at(0)).toBe('create Lease shop/checkout-canary');
  expect(ours.at(-1)).toBe('delete Lease shop/checkout-canary');
  expect(release.events.filter(({ data }) => data.warning)).toEqual([]);
});
