import { NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { Desired, RolloutState } from '../../rollout';
import { builtInSteps } from '../../state-machine/steps';
import { applyTraffic } from './applyTraffic';
import { observeTraffic } from './observeTraffic';
import { resolveTraffic } from './resolveTraffic';
import { gatewayApi } from '../routers/gateway-api';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { rolloutOf } from '../testing/rolloutOf';
import { routeOf } from '../testing/routes';

const ROUTE = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  namespace: 'shop',
  name: 'checkout',
};
const FENCE = 'canary/fence';
const PODS = { stable: 1, canary: 1 };
const weight = (percent: number) => ({ ...NO_EXPOSURE, weight: percent });

const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'checkout', namespace: 'shop' },
  spec: { selector: { app: 'checkout' } },
};

/** A cluster with checkout's route, and a rollout that walks over it. */
async function openShop(
  route = routeOf([{ backendRefs: [{ name: 'checkout', port: 80 }] }]),
) {
  const cluster = MemoryCluster.with(route, service);
  const router = gatewayApi;
  const record = await resolveTraffic({
    cluster,
    router,
    steps: builtInSteps(),
    rollout: rolloutOf({}),
    podLabels: { app: 'checkout' },
  });
  const rolloutWith = (
    desired: Partial<Desired>,
    phase?: RolloutState['phase'],
  ) => rolloutOf(desired, { record, phase });
  const observe = (desired: Partial<Desired>) =>
    observeTraffic({
      cluster,
      router,
      rollout: rolloutWith(desired),
      pods: PODS,
    });
  const apply = async (
    desired: Partial<Desired>,
    observed = observe(desired),
    phase?: RolloutState['phase'],
  ) =>
    applyTraffic({
      cluster,
      router,
      rollout: rolloutWith(desired, phase),
      observed: await observed,
    });
  return {
    cluster,
    observe,
    apply,
    original: cluster.read(ROUTE)!,
    route: () => cluster.read(ROUTE)!,
    weights: () =>
      (cluster.read(ROUTE) as any).spec.rules[0].backendRefs.map(
        (ref: any) => ref.weight ?? 1,
      ),
    edit: (change: (rule: any) => void) =>
      cluster.edit(ROUTE, object => change(object.spec.rules[0])),
  };
}

it('gives what a router makes the owner that goes with the rollout', async () => {
  const { cluster, observe } = await openShop();
  const config = (name: string, more = {}) => ({
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name, namespace: 'shop', ...more },
  });
  const reference = (name: string) => ({
    apiVersion: 'coordination.k8s.io/v1',
    kind: 'Lease',
    name,
    uid: `uid-of-${name}`,
  });
  const theirs = [reference('theirs')];
  const router = {
    ...gatewayApi,
    plan: () => [
      { verb: 'create' as const, object: config('mine') },
      {
        verb: 'create' as const,
        object: config('owned', { ownerReferences: theirs }),
      },
    ],
  };
  await applyTraffic({
    cluster,
    router,
    rollout: rolloutOf({}),
    observed: await observe({}),
    owner: reference('lock'),
  });
  const ownersOf = (name: string) =>
    cluster.read({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      namespace: 'shop',
      name,
    })?.metadata.ownerReferences;
  expect(ownersOf('mine')).toEqual([reference('lock')]);
  expect(ownersOf('owned')).toEqual(theirs);
});

describe('a write that raises', () => {
  it('stands on what was observed, without another read', async () => {
    const { cluster, apply, observe, weights } = await openShop();
    await apply({ exposure: weight(0) });
    const observed = observe({});
    await observed;
    cluster.requests.length = 0;
    await apply({ exposure: weight(20) }, observed);
    expect(cluster.requests).toEqual(['patch HTTPRoute shop/checkout']);
    expect(weights()).toEqual([80, 20]);
  });

  it('fails when anybody wrote since, whatever they wrote', async () => {
    const { cluster, apply, observe, weights } = await openShop();
    await apply({ exposure: weight(0) });
    const observed = await observe({});
    cluster.edit(ROUTE, route => {
      route.metadata.labels = { team: 'shop' };
    });
    cluster.requests.length = 0;
    await expect(
      apply({ exposure: weight(20) }, Promise.resolve(observed)),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(cluster.requests).toEqual(['patch HTTPRoute shop/checkout']);
    expect(weights()).toEqual([1, 0]);
  });

  it('is what naming the canary for the first time counts as', async () => {
    const { cluster, apply, observe } = await openShop();
    const observed = await observe({});
    cluster.touch(ROUTE);
    await expect(
      apply({ exposure: weight(0) }, Promise.resolve(observed)),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('of a stalled former owner fails after a fence, though the weight was 0', async () => {
    const { apply, observe, weights } = await openShop();
    await apply({ exposure: weight(0) });
    const stalled = await observe({});
    await apply({ exposure: weight(0), fence: 'r1/2' });
    await expect(
      apply({ exposure: weight(5) }, Promise.resolve(stalled)),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(weights()).toEqual([1, 0]);
  });

  it.each([
    ['raise', 5],
    ['only take the fence away', 0],
  ])(
    'of a stalled former owner that looked after the fence does not %s',
    async (_, percent) => {
      const { apply, route } = await openShop();
      await apply({ exposure: weight(0) });
      await apply({ exposure: weight(0), fence: 'r1/2' });
      const fenced = route();
      await expect(apply({ exposure: weight(percent) })).rejects.toMatchObject({
        name: 'ConflictError',
        message:
          'HTTPRoute shop/checkout carries the fence r1/2: this rollout is being taken back by another owner',
      });
      expect(route()).toEqual(fenced);
    },
  );

  it('is not kept out by what an ended rollout left behind', async () => {
    const { cluster, apply, route, weights } = await openShop();
    await apply({ exposure: weight(0) });
    cluster.edit(ROUTE, object => {
      object.metadata.annotations = { [FENCE]: 'r0/99' };
    });
    await apply({ exposure: weight(5) });
    expect(weights()).toEqual([95, 5]);
    expect(route().metadata.annotations).toBeUndefined();
  });
});

describe('a write that lowers', () => {
  it('reads again and goes on when somebody wrote in between', async () => {
    const { cluster, apply, weights, route } = await openShop();
    await apply({ exposure: weight(0) });
    await apply({ exposure: weight(50) });
    cluster.beforePatch = () =>
      cluster.edit(ROUTE, object => {
        object.metadata.labels = { team: 'shop' };
      });
    await apply({ exposure: weight(0) });
    expect(weights()).toEqual([1, 0]);
    expect(route().metadata.labels).toEqual({ team: 'shop' });
  });

  it('never raises what was lowered further in between', async () => {
    const { cluster, apply, edit, weights } = await openShop();
    await apply({ exposure: weight(0) });
    await apply({ exposure: weight(50) });
    cluster.beforePatch = () =>
      edit(rule => {
        rule.backendRefs[0].weight = 100;
        rule.backendRefs[1].weight = 0;
      });
    await expect(apply({ exposure: weight(20) })).rejects.toThrow(
      'The traffic of shop/checkout was lowered below 20 % meanwhile',
    );
    expect(weights()).toEqual([100, 0]);
  });

  it('stops at a fence that somebody else put up in between', async () => {
    const { cluster, apply, route } = await openShop();
    await apply({ exposure: weight(0) });
    await apply({ exposure: weight(50) });
    cluster.beforePatch = () =>
      cluster.edit(ROUTE, object => {
        object.metadata.annotations = { [FENCE]: 'r1/9' };
      });
    await expect(apply({ exposure: weight(0), fence: 'r1/8' })).rejects.toThrow(
      'The traffic of shop/checkout was fenced by r1/9 meanwhile',
    );
    expect(route().metadata.annotations).toEqual({ [FENCE]: 'r1/9' });
  });

  it('gives up after a few conflicts', async () => {
    const { cluster, apply } = await openShop();
    await apply({ exposure: weight(0) });
    await apply({ exposure: weight(50) });
    cluster.requests.length = 0;
    const interfere = () => {
      cluster.touch(ROUTE);
      cluster.beforePatch = interfere;
    };
    cluster.beforePatch = interfere;
    await expect(apply({ exposure: weight(0) })).rejects.toMatchObject({
      name: 'ConflictError',
    });
    expect(
      cluster.requests.filter(request => request.startsWith('patch')),
    ).toHaveLength(4);
  });

  it('is done when the route goes away', async () => {
    const { cluster, apply, observe } = await openShop();
    await apply({ exposure: weight(0) });
    cluster.beforePatch = () => cluster.remove(ROUTE);
    await apply({ exposure: weight(0), backend: 'absent' });
    expect((await observe({})).observation).toMatchObject({
      found: false,
      exposure: NO_EXPOSURE,
    });
  });
});

describe('the fence', () => {
  it('goes into the patch that lowers, and is read back', async () => {
    const { cluster, apply, observe, route } = await openShop();
    await apply({ exposure: weight(0) });
    await apply({ exposure: weight(50) });
    cluster.requests.length = 0;
    await apply({ exposure: weight(0), fence: 'r1/2' });
    expect(
      cluster.requests.filter(one => one.startsWith('patch')),
    ).toHaveLength(1);
    expect(route().metadata.annotations).toEqual({ [FENCE]: 'r1/2' });
    expect((await observe({})).fence).toBe('r1/2');
  });

  it('is a real change even where nothing else is', async () => {
    const { apply, route } = await openShop();
    const before = route().metadata.resourceVersion;
    await apply({ backend: 'absent', fence: 'r1/2' });
    expect(route().metadata.resourceVersion).not.toBe(before);
  });

  it('is written once', async () => {
    const { cluster, apply } = await openShop();
    await apply({ backend: 'absent', fence: 'r1/2' });
    cluster.requests.length = 0;
    await apply({ backend: 'absent', fence: 'r1/2' });
    expect(cluster.requests).toEqual(['get HTTPRoute shop/checkout']);
  });

  it.each([
    ['no annotations', undefined],
    ['annotations', { note: 'ours' }],
  ])('leaves no trace on a route with %s', async (_, annotations) => {
    const plain = routeOf([{ backendRefs: [{ name: 'checkout', port: 80 }] }]);
    const metadata = { ...plain.metadata, ...(annotations && { annotations }) };
    const { apply, route, original } = await openShop({ ...plain, metadata });
    await apply({ exposure: weight(0) });
    await apply({ exposure: weight(50) });
    await apply({ exposure: weight(0), fence: 'r1/2' });
    await apply({ backend: 'absent', fence: 'r1/2' });
    await apply({ backend: 'absent' }, undefined, 'RollingBack');
    // The cluster counts, which is no trace of ours.
    const { resourceVersion, generation } = route().metadata;
    expect(route()).toStrictEqual({
      ...original,
      metadata: { ...original.metadata, resourceVersion, generation },
    });
  });

  it('counts as carried where no route is left to carry it', async () => {
    const { cluster, observe } = await openShop();
    cluster.remove(ROUTE);
    expect((await observe({ fence: 'r1/2' })).fence).toBe('r1/2');
    expect((await observe({})).fence).toBeUndefined();
  });
});
