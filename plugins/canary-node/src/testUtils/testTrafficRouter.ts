/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { Exposure, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import {
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
  refOf,
  stringifyObjectRef,
} from '../kubernetesObject';
import {
  TrafficIntent,
  TrafficObjects,
  TrafficRouter,
  TrafficSurroundings,
  TrafficTarget,
  TrafficWrite,
} from '../trafficRouter';
import { deepFreeze } from './deepFreeze';

/** One route as a team might have it. @public */
export interface TrafficRouterCase<TParams = any> {
  /** What makes the case: `a route with two rules`. */
  readonly name: string;
  readonly target: TrafficTarget<TParams>;
  readonly surroundings: TrafficSurroundings;
  /** In the order of the router's `resources`. */
  readonly objects: TrafficObjects;
  readonly stableService: string;
  /**
   * What of the objects is not ours at all; it is the same in every state.
   * Without it only the end of a rollout is compared with its start.
   */
  notOurs?(objects: TrafficObjects): unknown;
}

const PODS = { stable: 5, canary: 1 };

/** Whole percents, two decimals, and the borders of both. */
const WEIGHTS = [0, 5, 33.33, 0.01, 50, 1, 12.5, 99.99, 100, 0];

/** The end of a rollout. */
const ABSENT: TrafficIntent = { exposure: NO_EXPOSURE, backend: 'absent' };

const HEADER_ROUTES = [
  { name: 'beta', header: 'x-canary-test', value: 'beta' },
  { name: 'staff', header: 'x-canary-staff', value: 'yes' },
];

/**
 * What it means to be a traffic router: an intent is read back after the writes
 * of its plan, planning it again writes nothing, only our own share changes, the
 * end restores the beginning to the letter, and every patch is refused by an
 * object that changed since.
 *
 * @public
 */
export function testTrafficRouter(
  title: string,
  options: {
    readonly router: TrafficRouter;
    readonly cases: readonly TrafficRouterCase[];
    /**
     * The object after a patch; throws when a `test` in it fails. An
     * implementation of RFC 6902, such as that of `fast-json-patch`.
     */
    applyPatch(object: KubernetesObject, patch: ObjectPatch): KubernetesObject;
  },
): void {
  const { router } = options;
  const rows = options.cases.map(one => [one.name, one] as const);
  const intents = intentsFor(router);

  // eslint-disable-next-line jest/valid-title
  describe(title, () => {
    it('has parameters that survive storage', () => {
      for (const { target } of options.cases) {
        const stored = JSON.parse(JSON.stringify(target.params));
        expect(router.params.parse(stored)).toEqual(target.params);
      }
    });

    it.each(rows)('finds the stable Service of %s', (_, one) => {
      const { record } = begin(one);
      expect(record.stableService).toBe(one.stableService);
      expect(JSON.parse(JSON.stringify(record))).toEqual(record);
    });

    it.each(rows)(
      'sees nobody at the canary before the start: %s',
      (_, one) => {
        const { observe } = begin(one);
        expect(observe()).toMatchObject({ found: true, exposure: NO_EXPOSURE });
        expect(observe().problem).toBeUndefined();
      },
    );

    it.each(rows)('takes %s away again without a trace', (_, one) => {
      const rollout = begin(one);
      for (const intent of intents) rollout.apply(intent);
      rollout.apply(ABSENT);
      expect(rollout.objects().map(withoutRevision)).toStrictEqual(
        one.objects.map(withoutRevision),
      );
      expect(JSON.stringify(rollout.objects().map(withoutRevision))).toBe(
        JSON.stringify(one.objects.map(withoutRevision)),
      );
      expect(rollout.observe()).toMatchObject({ exposure: NO_EXPOSURE });
    });

    it.each(rows)('writes nothing to leave an untouched %s', (_, one) => {
      expect(begin(one).apply(ABSENT)).toEqual([]);
    });

    it.each(rows)('writes nothing twice: %s', (_, one) => {
      const rollout = begin(one);
      for (const intent of intents) {
        rollout.apply(intent);
        expect(rollout.apply(intent)).toEqual([]);
      }
      rollout.apply(ABSENT);
      expect(rollout.apply(ABSENT)).toEqual([]);
    });

    // eslint-disable-next-line jest/expect-expect -- in expectRevision
    it.each(rows)('patches only what it has read: %s', (_, one) => {
      const rollout = begin(one);
      for (const intent of intents) {
        const before = rollout.objects();
        rollout
          .apply(intent)
          .forEach(write => expectRevision(write, before, options.applyPatch));
      }
    });

    it.each(rows)('writes nothing where %s is gone', (_, one) => {
      const { record } = begin(one);
      const gone = one.objects.map(() => undefined);
      if (gone.length === 0) return;
      expect(router.observe(gone, one.target, record, PODS)).toMatchObject({
        found: false,
        exposure: NO_EXPOSURE,
        backend: 'absent',
      });
      for (const intent of [ABSENT, ...intents]) {
        expect(router.plan(gone, one.target, record, intent)).toEqual([]);
      }
    });

    // Where scaling is the shift, pods are what is read back, not objects.
    if (router.scaling) testScaling(router.scaling);
    else testReadBack();
  });

  function testReadBack() {
    it.each(rows)('reads back what it wrote: %s', (_, one) => {
      const rollout = begin(one);
      for (const intent of [...intents, ...[...intents].reverse()]) {
        rollout.apply(intent);
        expect(seenBy(rollout.observe())).toEqual(seenBy(intent));
        expect(rollout.observe().problem).toBeUndefined();
      }
    });

    it.each(rows)('takes everybody back from anywhere: %s', (_, one) => {
      for (const intent of intents) {
        const rollout = begin(one);
        rollout.apply(intent);
        rollout.apply({ exposure: NO_EXPOSURE, backend: 'present' });
        expect(rollout.observe()).toMatchObject({
          exposure: NO_EXPOSURE,
          backend: 'present',
        });
        rollout.apply(intent);
        rollout.apply(ABSENT);
        expect(rollout.observe()).toMatchObject({
          exposure: NO_EXPOSURE,
          backend: 'absent',
        });
      }
    });

    it.each(rows.filter(([, { notOurs }]) => notOurs))(
      'changes only its own share of %s',
      (_, one) => {
        const rollout = begin(one);
        for (const intent of intents) {
          rollout.apply(intent);
          expect(one.notOurs!(rollout.objects())).toEqual(
            one.notOurs!(one.objects),
          );
        }
      },
    );
  }

  /** A rollout over the case's objects, each write carried out as an API server would. */
  function begin(one: TrafficRouterCase) {
    const { target } = one;
    const record = router.resolve(one.objects, target, one.surroundings);
    const refs = router.resources(target);
    let objects: TrafficObjects = deepFreeze(
      JSON.parse(JSON.stringify(one.objects)),
    );

    function carryOut(writes: readonly TrafficWrite[]) {
      for (const write of writes) {
        objects = deepFreeze(
          afterWrite(objects, refs, write, options.applyPatch),
        );
      }
      return writes;
    }
    return {
      record,
      objects: () => objects,
      observe: () => router.observe(objects, target, record, podsOf(router)),
      apply: (intent: TrafficIntent) =>
        carryOut(router.plan(objects, target, record, intent)),
    };
  }
}

/** Nobody is at the canary until it has pods. */
function podsOf({ scaling }: TrafficRouter) {
  return scaling ? { stable: 5, canary: 0 } : PODS;
}

function intentsFor({
  capabilities,
  scaling,
}: TrafficRouter): readonly TrafficIntent[] {
  const exposures: Exposure[] = [NO_EXPOSURE];
  if (capabilities.weights || scaling) {
    exposures.push(...WEIGHTS.map(weight => ({ ...NO_EXPOSURE, weight })));
  }
  if (capabilities.headers) {
    const [first, second] = HEADER_ROUTES;
    exposures.push(
      { weight: 0, headerRoutes: [first] },
      { weight: 0, headerRoutes: [first, second] },
      { weight: 0, headerRoutes: [second] },
    );
  }
  if (capabilities.mirror) {
    exposures.push(
      { ...NO_EXPOSURE, mirror: { percent: 10 } },
      { ...NO_EXPOSURE, mirror: { percent: 2.5 } },
      { ...NO_EXPOSURE, mirror: { percent: 100 } },
    );
  }
  if (capabilities.weights && capabilities.headers && capabilities.mirror) {
    exposures.push({
      weight: 25,
      headerRoutes: HEADER_ROUTES,
      mirror: { percent: 50 },
    });
  }
  return exposures.map(exposure => ({ exposure, backend: 'present' }));
}

/** What must agree: names of header routes belong to the plan, their order means nothing. */
function seenBy({ exposure, backend }: TrafficIntent) {
  return {
    backend,
    weight: exposure.weight,
    mirror: exposure.mirror?.percent ?? 0,
    headers: exposure.headerRoutes
      .map(({ header, value }) => `${header}: ${value}`)
      .sort(),
  };
}

function testScaling(scaling: NonNullable<TrafficRouter['scaling']>) {
  const replicas = [1, 2, 3, 5, 10, 37, 100];
  const weights = [0.01, 1, 5, 12.5, 33.33, 50];

  it('has no canary pod at weight 0', () => {
    for (const stable of replicas) {
      expect(scaling.replicas(0, stable)).toBe(0);
      expect(scaling.reachableWeight(0, stable)).toBe(0);
    }
  });

  it('has a canary pod at every weight above 0', () => {
    for (const stable of replicas) {
      for (const weight of weights) {
        expect(scaling.replicas(weight, stable)).toBeGreaterThanOrEqual(1);
        expect(scaling.reachableWeight(weight, stable)).toBeGreaterThan(0);
        expect(scaling.reachableWeight(weight, stable)).toBeLessThan(100);
      }
    }
  });

  it('never has fewer pods at a higher weight', () => {
    for (const stable of replicas) {
      const pods = weights.map(weight => scaling.replicas(weight, stable));
      expect(pods).toEqual([...pods].sort((a, b) => a - b));
    }
  });
}

/** A patch names the revision it stands on, and another revision refuses it. */
function expectRevision(
  write: TrafficWrite,
  before: TrafficObjects,
  applyPatch: (o: KubernetesObject, p: ObjectPatch) => KubernetesObject,
) {
  if (write.verb !== 'patch') return;
  const { patch, ref } = write;
  const object = before.find(one => one && isNamed(one, ref))!;
  const { resourceVersion } = object.metadata;
  if (patch.type !== 'json') {
    expect(patch.body).toMatchObject({ metadata: { resourceVersion } });
    return;
  }
  expect(patch.body[0]).toEqual({
    op: 'test',
    path: '/metadata/resourceVersion',
    value: resourceVersion,
  });
  const newer = JSON.parse(JSON.stringify(object));
  newer.metadata.resourceVersion = `${resourceVersion}0`;
  expect(() => applyPatch(newer, patch)).toThrow();
}

/** The objects after a write, with the revision that an API server would give. */
function afterWrite(
  objects: TrafficObjects,
  refs: readonly ObjectRef[],
  write: TrafficWrite,
  applyPatch: (o: KubernetesObject, p: ObjectPatch) => KubernetesObject,
): TrafficObjects {
  const ref = write.verb === 'create' ? refOf(write.object) : write.ref;
  const at = refs.findIndex(
    one => one.kind === ref.kind && one.name === ref.name,
  );
  if (at < 0) {
    throw new Error(
      `The router writes ${stringifyObjectRef(
        ref,
      )}, which is none of its resources`,
    );
  }
  return objects.map((object, i) => {
    if (i !== at) return object;
    if (write.verb === 'delete') return undefined;
    if (write.verb === 'create') {
      if (object) throw new Error(`${stringifyObjectRef(ref)} exists already`);
      return withRevision(write.object, '1');
    }
    if (!object) throw new Error(`${stringifyObjectRef(ref)} does not exist`);
    const copy = JSON.parse(JSON.stringify(object)) as KubernetesObject;
    const after = applyPatch(copy, write.patch);
    const next = Number(object.metadata.resourceVersion ?? 0) + 1;
    return withRevision(after, String(next));
  });
}

function isNamed(object: KubernetesObject, ref: ObjectRef): boolean {
  return object.kind === ref.kind && object.metadata.name === ref.name;
}

function withRevision(
  object: KubernetesObject,
  resourceVersion: string,
): KubernetesObject {
  return { ...object, metadata: { ...object.metadata, resourceVersion } };
}

function withoutRevision(object: KubernetesObject | undefined) {
  return object && withRevision(object, '');
}
