import {
  baselineNameOf,
  canaryNameOf,
  Cluster,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { rolloutIdOf } from '../../kubernetes/objects/rolloutIdOf';
import { Observation, RolloutState } from '../../rollout';
import {
  deploymentRef,
  hpaRef,
  serviceRef,
} from '../../kubernetes/objects/refs';
import { hpaFloors } from './hpaFloors';
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
    /** Read only while something of ours is missing: the pattern of Service and labels. */
    readonly stableService?: KubernetesObject;
    readonly hpa?: KubernetesObject;
  };
};

/** Looks at the workload, its canary and its HPA. Reads only; errors are the cluster's. */
export async function observeWorkload(
  cluster: Cluster,
  rollout: RolloutState,
  signal?: AbortSignal,
): Promise<WorkloadObservation> {
  const { id, target, startSnapshot, traffic, desired, phase } = rollout;
  const { namespace, name } = target;
  const ours = canaryNameOf(name);
  const [stable, foundCanary, foundService, foundBaseline, hpa] =
    await Promise.all([
      cluster.get(deploymentRef(namespace, name), signal),
      cluster.get(deploymentRef(namespace, ours), signal),
      cluster.get(serviceRef(namespace, ours), signal),
      desired.freshBaseline &&
        cluster.get(deploymentRef(namespace, baselineNameOf(name)), signal),
      startSnapshot.hpa &&
        cluster.get(hpaRef(namespace, startSnapshot.hpa.name), signal),
    ]);
  const canary =
    foundCanary && rolloutIdOf(foundCanary) === id ? foundCanary : undefined;
  const canaryService =
    foundService && rolloutIdOf(foundService) === id ? foundService : undefined;
  const freshBaseline =
    foundBaseline && rolloutIdOf(foundBaseline) === id
      ? foundBaseline
      : undefined;
  const nameCollision = [foundCanary, foundService, foundBaseline].find(
    found => found && rolloutIdOf(found) !== id,
  );

  const mayCreate =
    (desired.canary === 'present' || phase === 'Pending') &&
    phase !== 'RollingBack';
  const isComplete =
    canary &&
    canaryService &&
    (freshBaseline || desired.freshBaseline !== 'present');
  const [stablePods, canaryPods, baselinePods, stableService] =
    await Promise.all([
      stable ? readPods(cluster, stable, signal) : [],
      canary ? readPods(cluster, canary, signal) : [],
      freshBaseline ? readPods(cluster, freshBaseline, signal) : [],
      mayCreate && !isComplete
        ? cluster.get(serviceRef(namespace, traffic.stableService), signal)
        : undefined,
    ]);
  return {
    stable: stable && viewDeployment(stable, stablePods),
    canary: canary && viewDeployment(canary, canaryPods),
    freshBaseline: freshBaseline && viewDeployment(freshBaseline, baselinePods),
    canaryService: canaryService !== undefined,
    nameCollision: nameCollision && nameCollisionSentence(nameCollision),
    hpa: hpa && { name: hpa.metadata.name, ...hpaFloors(hpa, startSnapshot) },
    objects: {
      stable,
      canary,
      canaryService,
      freshBaseline,
      stableService,
      hpa,
    },
  };
}

/** Says whose object has a name that is to be ours. */
export function nameCollisionSentence({
  kind,
  metadata,
}: KubernetesObject): string {
  return `${kind} ${metadata.namespace}/${metadata.name} exists already and does not belong to this rollout; delete or rename it`;
}
