import { Images, NO_EXPOSURE } from 'backstage-plugin-canary-common';
import { TrafficObservation } from 'backstage-plugin-canary-node';
import {
  DeploymentView,
  Observation,
  PodFate,
  RolloutState,
  UNSEEN_TRAFFIC,
} from '../../rollout';
import { RolloutFacts } from '../openRollout';
import { isTakingBack, keepsUsersOff, mayWrite } from '../permits';
import { lacksSight } from '../unseen';

/** A cluster as far as one rollout sees it; a plain value. */
export type World = Pick<
  Observation,
  | 'applyFailure'
  | 'unknown'
  | 'stable'
  | 'canary'
  | 'canaryService'
  | 'freshBaseline'
  | 'lock'
  | 'nameCollision'
  | 'hpa'
  | 'traffic'
  | 'trafficFence'
  | 'performed'
>;

/** A pod that fares so. */
export function podOf(
  name: string,
  state: PodFate['state'],
  why?: string,
): PodFate {
  return { uid: `uid-of-${name}`, name, state, ...(why && { why }) };
}

/** A Deployment whose pods are all up. */
export function deployment(
  uid: string,
  images: Images,
  replicas: number,
): DeploymentView {
  return {
    uid,
    resourceVersion: '1',
    deleting: false,
    paused: false,
    images,
    templateHash: `hash-of-${Object.values(images).join()}`,
    current: true,
    replicas: {
      desired: replicas,
      total: replicas,
      updated: replicas,
      ready: replicas,
      available: replicas,
    },
    problems: [],
    pods: Array.from({ length: replicas }, (_, n) =>
      podOf(`${uid}-${n}`, 'ready'),
    ),
    imageIds: Object.fromEntries(
      Object.entries(images).map(([name, image]) => [name, [`id-of-${image}`]]),
    ),
  };
}

/** The same once its nodes are drained: every pod goes, and new ones find no place yet. */
export function drained(view: DeploymentView): DeploymentView {
  const anew = `${view.uid}-anew-${view.pods.length}`;
  const left = view.pods.map(pod =>
    pod.state === 'ready'
      ? podOf(
          pod.name,
          'disrupted',
          'EvictionByEvictionAPI: its node is drained',
        )
      : pod,
  );
  return {
    ...view,
    replicas: { ...view.replicas, ready: 0, available: 0 },
    pods: [...left, podOf(anew, 'starting')],
  };
}

/** The same once every pod of it has a place again, and those that went are gone. */
export function recovered(view: DeploymentView): DeploymentView {
  const { desired } = view.replicas;
  return {
    ...deployment(view.uid, view.images, desired),
    pods: Array.from({ length: desired }, (_, n) =>
      podOf(`${view.uid}-anew-${view.pods.length}-${n}`, 'ready'),
    ),
  };
}

/** The world as the preflight of a start found it. */
export function worldOf({ images, startSnapshot }: RolloutFacts): World {
  return {
    stable: deployment(
      startSnapshot.uid,
      images.stable,
      startSnapshot.replicas,
    ),
    canaryService: false,
    hpa: startSnapshot.hpa && {
      ...startSnapshot.hpa,
      held: startSnapshot.hpa.heldFloor,
      own: startSnapshot.hpa.minReplicas,
    },
    traffic: {
      found: true,
      exposure: NO_EXPOSURE,
      backend: 'absent',
      accepted: true,
      sticky: false,
    },
  };
}

/** The world after the controller applied a committed state, with pods that come up at once. */
export function applied(world: World, rollout: RolloutState): World {
  const { unknown } = world;
  if (!mayWrite(rollout)) return world;
  if (lacksSight(rollout, world) && !isTakingBack(rollout)) {
    const canLower = keepsUsersOff(rollout) && !unknown?.traffic;
    return canLower ? { ...world, traffic: trafficOf(world, rollout) } : world;
  }
  const { desired, strategy } = rollout;
  const { stable } = world;
  const changed: World = {
    ...world,
    ...canaryOf(world, rollout),
    freshBaseline: freshBaselineOf(world, rollout),
    lock: desired.lock === 'present',
    stable: stable && stableOf(stable, rollout),
    hpa: world.hpa && {
      ...world.hpa,
      minReplicas: desired.hpaFloor ? world.hpa.held : world.hpa.own,
    },
    traffic: strategy === 'canary' ? trafficOf(world, rollout) : world.traffic,
    trafficFence: strategy === 'canary' ? desired.fence : undefined,
  };
  // What was not seen is not written to; the route goes before the canary.
  return {
    ...changed,
    ...(unknown?.traffic && pick(world, ['traffic', 'trafficFence'])),
    ...((unknown?.traffic || unknown?.canary) && pick(world, ['canary'])),
    ...((unknown?.traffic || unknown?.canaryService) &&
      pick(world, ['canaryService'])),
    ...((unknown?.traffic || unknown?.lock) && pick(world, ['lock'])),
    ...(unknown?.freshBaseline && pick(world, ['freshBaseline'])),
    ...(unknown?.stable && pick(world, ['stable'])),
    ...(unknown?.hpa && pick(world, ['hpa'])),
  };
}

/** The world as an observation has it that cannot see all of it. */
export function seenOf(world: World): World {
  const { unknown = {} } = world;
  const podsOf = (view: DeploymentView | undefined) =>
    view && unknown.pods
      ? { ...view, problems: [], pods: [], imageIds: {} }
      : view;
  return {
    ...world,
    stable: unknown.stable ? undefined : podsOf(world.stable),
    canary: unknown.canary ? undefined : podsOf(world.canary),
    canaryService: !unknown.canaryService && world.canaryService,
    freshBaseline: unknown.freshBaseline
      ? undefined
      : podsOf(world.freshBaseline),
    lock: !unknown.lock && world.lock,
    hpa: unknown.hpa ? undefined : world.hpa,
    traffic: unknown.traffic ? UNSEEN_TRAFFIC : world.traffic,
    trafficFence: unknown.traffic ? undefined : world.trafficFence,
  };
}

function pick<K extends keyof World>(world: World, keys: readonly K[]) {
  return Object.fromEntries(keys.map(key => [key, world[key]])) as Pick<
    World,
    K
  >;
}

function canaryOf(
  { canary }: World,
  { desired, images }: RolloutState,
): Pick<World, 'canary' | 'canaryService'> {
  if (desired.canary === 'absent') {
    return { canary: undefined, canaryService: false };
  }
  const isScaled = canary && canary.replicas.desired === desired.replicas;
  return {
    canary: isScaled
      ? canary
      : {
          ...deployment('uid-canary', images.canary, desired.replicas),
          problems: canary?.problems ?? [],
        },
    canaryService: true,
  };
}

function freshBaselineOf(
  { freshBaseline }: World,
  { desired, images }: RolloutState,
): World['freshBaseline'] {
  if (desired.freshBaseline !== 'present') return undefined;
  return freshBaseline?.replicas.desired === desired.replicas
    ? freshBaseline
    : deployment('uid-baseline', images.stable, desired.replicas);
}

function stableOf(
  stable: DeploymentView,
  { desired, images }: RolloutState,
): DeploymentView {
  const fence = desired.stable === 'restored' ? desired.fence : undefined;
  const wanted = {
    untouched: stable.images,
    promoted: images.canary,
    restored: images.stable,
  }[desired.stable];
  const changes = Object.entries(wanted).some(
    ([name, image]) => stable.images[name] !== image,
  );
  if (!changes) return { ...stable, fence };
  return {
    ...deployment(
      stable.uid,
      { ...stable.images, ...wanted },
      stable.replicas.desired,
    ),
    fence,
  };
}

function trafficOf(
  { traffic }: World,
  { desired }: RolloutState,
): TrafficObservation {
  if (!traffic.found) return traffic;
  return {
    ...traffic,
    backend: desired.backend,
    exposure: desired.backend === 'present' ? desired.exposure : NO_EXPOSURE,
  };
}
