import { ConflictError, toError } from '@backstage/errors';
import {
  Cluster,
  KubernetesObject,
  TrafficObjects,
  TrafficRouter,
  TrafficWrite,
} from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { fenceOn, refuseFencedOff } from '../../kubernetes/objects/fence';
import { withFence } from './fence';
import { isLowering } from './isLowering';
import { ObservedTraffic, readTraffic } from './observeTraffic';
import { readTrafficObjects, trafficTargetOf } from './trafficTarget';

/** How often a lowering write is tried on what it reads anew. */
const LOWERING_ATTEMPTS = 4;

interface ApplyOptions {
  readonly cluster: Cluster;
  readonly router: TrafficRouter;
  /** The state that was committed; only its `desired` is written. */
  readonly rollout: RolloutState;
  /** What the observe before that commit returned. */
  readonly observed: ObservedTraffic;
  /** What owns an object that the router makes and gives no owner itself: it goes with it. */
  readonly owner?: Owner;
}

type Owner = NonNullable<
  KubernetesObject['metadata']['ownerReferences']
>[number];

/**
 * Brings the route to the committed desired state and its fence; writes nothing
 * where that is so already.
 *
 * A write that raises exposure is planned on the objects of the observe and
 * nothing else, so it fails when anybody wrote since: its `ConflictError` ends
 * the tick. A write that only lowers may read again and retry, as long as what
 * it reads is still higher than what it wants and carries no other fence.
 * Nothing at all is written where a later owner took the rollout back.
 *
 * @throws ConflictError, or InputError when the route lost the room for the
 * intent; the cluster's own errors besides.
 */
export async function applyTraffic(
  options: ApplyOptions,
  signal?: AbortSignal,
): Promise<void> {
  const { cluster, observed, rollout } = options;
  refuseAnyFencedOff(rollout, observed.objects);
  if (!isLowering(observed.observation, rollout.desired)) {
    await write(cluster, writesOf(options, observed.objects), signal);
    return;
  }
  let { objects } = observed;
  for (let attempt = 1; ; attempt++) {
    try {
      await write(cluster, writesOf(options, objects), signal);
      return;
    } catch (error) {
      if (!mayRetry(error) || attempt === LOWERING_ATTEMPTS) throw error;
      objects = await readAgain(options, signal);
    }
  }
}

/** The writes that the desired state asks for on these objects. Pure. */
function writesOf(
  { router, rollout, owner }: ApplyOptions,
  objects: TrafficObjects,
): readonly TrafficWrite[] {
  const { desired, traffic } = rollout;
  const target = trafficTargetOf(rollout);
  const writes = router
    .plan(objects, target, traffic, desired)
    .map(one => withOwner(one, owner));
  return withFence(writes, objects, desired.fence);
}

function withOwner(one: TrafficWrite, owner: Owner | undefined): TrafficWrite {
  if (one.verb !== 'create' || !owner) return one;
  const { metadata } = one.object;
  const ownerReferences = metadata.ownerReferences ?? [owner];
  return {
    ...one,
    object: { ...one.object, metadata: { ...metadata, ownerReferences } },
  };
}

/** Reads the objects anew, refusing those on which the write would no longer only lower. */
async function readAgain(
  { cluster, router, rollout, observed }: ApplyOptions,
  signal?: AbortSignal,
): Promise<TrafficObjects> {
  const { desired } = rollout;
  const target = trafficTargetOf(rollout);
  const objects = await readTrafficObjects(cluster, router, target, signal);
  refuseAnyFencedOff(rollout, objects);
  // Routers that scale write no objects, so their pods do not matter here.
  const pods = { stable: 0, canary: 0 };
  const seen = readTraffic(router, rollout, objects, pods);
  if (!isLowering(seen, desired)) {
    throw new ConflictError(
      `The traffic of ${target.namespace}/${target.workload} was lowered below ${desired.exposure.weight} % meanwhile`,
    );
  }
  const fences = [observed.objects, objects].map(list =>
    list.flatMap(object => (object ? [fenceOn(object)] : [])),
  );
  const foreign = fences[1].find(
    fence =>
      fence !== undefined &&
      fence !== desired.fence &&
      !fences[0].includes(fence),
  );
  if (foreign !== undefined) {
    throw new ConflictError(
      `The traffic of ${target.namespace}/${target.workload} was fenced by ${foreign} meanwhile`,
    );
  }
  return objects;
}

function refuseAnyFencedOff(
  rollout: RolloutState,
  objects: TrafficObjects,
): void {
  for (const object of objects) {
    if (object) refuseFencedOff(rollout, object);
  }
}

async function write(
  cluster: Cluster,
  writes: readonly TrafficWrite[],
  signal?: AbortSignal,
): Promise<void> {
  for (const one of writes) {
    signal?.throwIfAborted();
    switch (one.verb) {
      case 'patch':
        await cluster.patch(one.ref, one.patch, signal);
        break;
      case 'create':
        await cluster.create(one.object, signal);
        break;
      default:
        await cluster.delete(one.ref, { uid: one.uid }, signal);
    }
  }
}

/** Somebody wrote in between, or took the object away. */
function mayRetry(error: unknown): boolean {
  return ['ConflictError', 'NotFoundError'].includes(toError(error).name);
}
