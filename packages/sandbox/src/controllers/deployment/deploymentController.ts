import { ApiObject, kindNamed, Registry } from '../../kubernetes-api';
import { Controller, controllerKey, controls, keyOf } from '../Controller';
import { recordEvent } from '../recordEvent';
import { deploymentStatus, progressDeadlineAt } from './deploymentStatus';
import {
  planRollingUpdate,
  resolveShare,
  Scaling,
  SetView,
} from './planRollingUpdate';
import {
  ensureNewSet,
  OwnedSets,
  readOwnedSets,
  revisionAnnotation,
  revisionOf,
  trimHistory,
} from './replicaSets';

const deploymentKind = kindNamed('Deployment');
const replicaSetKind = kindNamed('ReplicaSet');
const podKind = kindNamed('Pod');

/** Moves a Deployment's pods to its template, one ReplicaSet a template. */
export function deploymentController(registry: Registry): Controller {
  const { store, clock } = registry;
  return {
    name: 'deployment',
    keysOf: ({ kind, type, object }) => {
      if (kind === deploymentKind) return [keyOf(object)];
      if (kind === replicaSetKind) return controllerKey(object, 'Deployment');
      // `Recreate` waits for the last old pod to be gone.
      return kind === podKind && type === 'DELETED'
        ? deploymentOfPod(registry, object)
        : [];
    },
    reconcile(namespace, name) {
      const deployment = store.get(deploymentKind, namespace, name);
      if (!deployment || deployment.metadata.deletionTimestamp)
        return undefined;
      const owned = readOwnedSets(registry, deployment);
      const sets = deployment.spec.paused
        ? owned
        : { ...owned, newSet: ensureNewSet(registry, deployment, owned) };
      for (const scaling of planScalings(registry, deployment, sets)) {
        scale(registry, deployment, scaling);
      }
      if (!deployment.spec.paused) {
        trimHistory(registry, deployment, owned.oldSets);
      }
      const { status } = registry.updateStatus(
        deploymentKind,
        namespace,
        name,
        object => ({
          ...object,
          metadata: withRevision(object, sets.newSet),
          status: deploymentStatus(
            object,
            readOwnedSets(registry, object),
            clock,
          ),
        }),
        'deployment-controller',
      );
      const deadline = progressDeadlineAt(status, deployment.spec);
      return deadline && Math.max(100, deadline - clock.now());
    },
  };
}

function deploymentOfPod(registry: Registry, pod: ApiObject): string[] {
  return controllerKey(pod, 'ReplicaSet').flatMap(key => {
    const [namespace, name] = key.split('/');
    const set = registry.store.get(replicaSetKind, namespace, name);
    return set ? controllerKey(set, 'Deployment') : [];
  });
}

function planScalings(
  registry: Registry,
  { spec }: ApiObject,
  { newSet, oldSets }: OwnedSets,
): Scaling[] {
  const desired: number = spec.replicas;
  const active = oldSets.filter(set => set.spec.replicas > 0);
  if (!newSet || spec.paused) {
    // A paused Deployment follows its replica count, not its template.
    const latest = newSet ?? oldSets[oldSets.length - 1];
    const others = active
      .filter(set => set !== latest)
      .reduce((total, set) => total + set.spec.replicas, 0);
    const replicas = Math.max(0, desired - others);
    return latest && latest.spec.replicas !== replicas
      ? [{ name: latest.metadata.name, replicas }]
      : [];
  }
  if (spec.strategy.type === 'Recreate') {
    const left = registry.store
      .list(podKind, newSet.metadata.namespace)
      .some(pod => oldSets.some(set => controls(set, pod)));
    if (active.length > 0) {
      return active.map(set => ({ name: set.metadata.name, replicas: 0 }));
    }
    return left || newSet.spec.replicas === desired
      ? []
      : [{ name: newSet.metadata.name, replicas: desired }];
  }
  const { maxSurge, maxUnavailable } = spec.strategy.rollingUpdate;
  return planRollingUpdate({
    desired,
    maxSurge: resolveShare(maxSurge, desired, Math.ceil),
    maxUnavailable: resolveShare(maxUnavailable, desired, Math.floor),
    newSet: viewOf(newSet),
    oldSets: active.map(viewOf),
  });
}

function viewOf(set: ApiObject): SetView {
  const { replicas } = set.spec;
  return {
    name: set.metadata.name,
    replicas,
    // Its status may be older than its spec: never count more than it is asked for.
    available: Math.min(replicas, set.status?.availableReplicas ?? 0),
  };
}

function scale(
  registry: Registry,
  deployment: ApiObject,
  { name, replicas }: Scaling,
) {
  const namespace = deployment.metadata.namespace!;
  const before = registry.read(replicaSetKind, namespace, name).spec.replicas;
  registry.update(replicaSetKind, namespace, name, set => ({
    ...set,
    spec: { ...set.spec, replicas },
  }));
  const direction = replicas > before ? 'up' : 'down';
  recordEvent(
    registry,
    deployment,
    'Normal',
    'ScalingReplicaSet',
    `Scaled ${direction} replica set ${name} to ${replicas} from ${before}`,
  );
}

function withRevision(deployment: ApiObject, newSet?: ApiObject) {
  if (!newSet) return deployment.metadata;
  return {
    ...deployment.metadata,
    annotations: {
      ...deployment.metadata.annotations,
      [revisionAnnotation]: String(revisionOf(newSet)),
    },
  };
}
