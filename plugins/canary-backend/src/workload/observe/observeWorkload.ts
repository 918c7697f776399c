import {
  baselineNameOf,
  canaryNameOf,
  Cluster,
  KubernetesObject,
  ObjectRef,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { rolloutIdOf } from '../../kubernetes/objects/rolloutIdOf';
import { ReadApart } from '../../kubernetes/readApart';
import { Observation, ObservedObject, RolloutState } from '../../rollout';
import {
  deploymentRef,
  hpaRef,
  serviceRef,
} from '../../kubernetes/objects/refs';
import { hpaFloors } from './hpaFloors';
import { describeLeftover, isLeftover } from './leftover';
import { lockOn } from '../manifests/lock';
import { readLock } from './readLock';
import { readPods } from './readWorkload';
import { viewDeployment } from './viewDeployment';

/** The workload's half of an observation, with the objects it was read from. */
export type WorkloadObservation = Pick<
  Observation,
  | 'stable'
  | 'canary'
  | 'freshBaseline'
  | 'canaryService'
  | 'nameCollision'
  | 'leftovers'
  | 'lock'
  | 'unlocked'
  | 'hpa'
> & {
  /**
   * What `applyWorkload` writes on: raising writes carry exactly these
   * resourceVersions, so that a change since the decision makes them fail.
   */
  readonly objects: {
    readonly stable?: KubernetesObject;
    /** Ours only; of another owner `nameCollision` speaks. */
    readonly canary?: KubernetesObject;
    readonly canaryService?: KubernetesObject;
    /** Ours only, likewise. */
    readonly freshBaseline?: KubernetesObject;
    /** Ours only, likewise; read only while something is made or taken away. */
    readonly lock?: KubernetesObject;
    /** Of our names, and of rollouts that had ended before this one started. */
    readonly leftovers: readonly KubernetesObject[];
    /** Read only while something of ours is missing: the pattern of Service and labels. */
    readonly stableService?: KubernetesObject;
    readonly hpa?: KubernetesObject;
  };
};

/**
 * Observes the workload, its canary and its HPA, each apart from the others.
 * Reads only.
 *
 * @param read - keeps what could not be read
 */
export async function observeWorkload(
  cluster: Cluster,
  rollout: RolloutState,
  read: ReadApart<ObservedObject>,
): Promise<WorkloadObservation> {
  const { id, target, startSnapshot, traffic, desired, phase } = rollout;
  const { promotion } = rollout;
  const wantsLock = desired.lock !== undefined || startSnapshot.noLock;
  const isMaking = phase === 'Pending' || phase === 'Initializing';
  const { namespace, name } = target;
  const ours = canaryNameOf(name);
  const get = (object: ObservedObject, ref: ObjectRef) =>
    read(object, signal => cluster.get(ref, signal));
  const [stable, foundCanary, foundService, foundBaseline, hpa] =
    await Promise.all([
      get('stable', deploymentRef(namespace, name)),
      get('canary', deploymentRef(namespace, ours)),
      get('canaryService', serviceRef(namespace, ours)),
      // One that is left over takes requests of the stable, wanted or not.
      desired.freshBaseline || isMaking
        ? get('freshBaseline', deploymentRef(namespace, baselineNameOf(name)))
        : undefined,
      startSnapshot.hpa &&
        get('hpa', hpaRef(namespace, startSnapshot.hpa.name)),
    ]);
  const own = (found: KubernetesObject | undefined) =>
    found && rolloutIdOf(found) === id ? found : undefined;
  const canary = own(foundCanary);
  const canaryService = own(foundService);
  const freshBaseline = own(foundBaseline);
  const mayCreate =
    (desired.canary === 'present' || phase === 'Pending') &&
    phase !== 'RollingBack';
  const isComplete =
    canary &&
    canaryService &&
    (freshBaseline || desired.freshBaseline !== 'present');
  const isMissingSome = mayCreate && !isComplete;
  const isTakenAway =
    phase === 'RollingBack' || promotion?.doneAt !== undefined;
  const view = async (deployment: KubernetesObject | undefined) =>
    deployment &&
    viewDeployment(
      deployment,
      (await read('pods', signal => readPods(cluster, deployment, signal))) ??
        [],
    );
  const [stableView, canaryView, baselineView, stableService, foundLock] =
    await Promise.all([
      view(stable),
      view(canary),
      view(freshBaseline),
      isMissingSome
        ? get('canaryService', serviceRef(namespace, traffic.stableService))
        : undefined,
      desired.lock && (isMissingSome || isTakenAway)
        ? read('lock', signal => readLock(cluster, target, signal))
        : undefined,
    ]);
  const lock = own(foundLock);
  const others = [foundCanary, foundService, foundBaseline, foundLock].flatMap(
    found => (found && rolloutIdOf(found) !== id ? found : []),
  );
  const leftovers = others.filter(object => isLeftover(object, rollout));
  const nameCollision = others.find(
    object =>
      !leftovers.includes(object) &&
      (object !== foundBaseline || desired.freshBaseline),
  );
  return {
    stable: stableView,
    canary: canaryView,
    freshBaseline: baselineView,
    canaryService: canaryService !== undefined,
    nameCollision: nameCollision && nameCollisionSentence(nameCollision),
    leftovers:
      leftovers.length > 0 ? leftovers.map(describeLeftover) : undefined,
    lock: lock !== undefined,
    unlocked: canary && wantsLock && !lockOn(canary) ? true : undefined,
    hpa: hpa && { name: hpa.metadata.name, ...hpaFloors(hpa, startSnapshot) },
    objects: {
      stable,
      canary,
      canaryService,
      freshBaseline,
      lock,
      leftovers,
      stableService,
      hpa,
    },
  };
}

/** Says whose object has a name that is to be ours. */
export function nameCollisionSentence(object: KubernetesObject): string {
  return `${stringifyObjectRef(
    refOf(object),
  )} exists already and does not belong to this rollout; delete or rename it`;
}
