import { ApiObject, kindNamed, Registry } from '../kubernetes-api';
import { Controller, controllerKey, controls, keyOf } from './Controller';
import { isReady, msUntilAvailable } from './podFacts';

const replicaSetKind = kindNamed('ReplicaSet');
const podKind = kindNamed('Pod');

/** Keeps as many pods of a ReplicaSet as it asks for. */
export function replicaSetController(registry: Registry): Controller {
  const { store, clock } = registry;
  return {
    name: 'replicaset',
    keysOf: ({ kind, object }) => {
      if (kind === replicaSetKind) return [keyOf(object)];
      return kind === podKind ? controllerKey(object, 'ReplicaSet') : [];
    },
    reconcile(namespace, name) {
      const set = store.get(replicaSetKind, namespace, name);
      if (!set) return undefined;
      const pods = store
        .list(podKind, namespace)
        .filter(pod => controls(set, pod) && !pod.metadata.deletionTimestamp);
      if (!set.metadata.deletionTimestamp) {
        const missing = set.spec.replicas - pods.length;
        for (let i = 0; i < missing; i++) {
          registry.create(podKind, namespace, podOf(set));
        }
        for (const pod of leastWorthKeeping(pods).slice(
          0,
          Math.max(0, -missing),
        )) {
          registry.delete(podKind, namespace, pod.metadata.name);
        }
      }
      // Pods that were just created or deleted come back here as changes.
      const minReadySeconds = set.spec.minReadySeconds ?? 0;
      const waits = pods
        .map(pod => msUntilAvailable(pod, minReadySeconds, clock))
        .filter(ms => ms !== undefined);
      registry.updateStatus(replicaSetKind, namespace, name, object => ({
        ...object,
        status: {
          replicas: pods.length,
          fullyLabeledReplicas: pods.length || undefined,
          readyReplicas: pods.filter(isReady).length || undefined,
          availableReplicas: waits.filter(ms => ms === 0).length || undefined,
          observedGeneration: set.metadata.generation,
        },
      }));
      const soon = waits.filter(ms => ms > 0);
      return soon.length > 0 ? Math.min(...soon) : undefined;
    },
  };
}

function podOf(set: ApiObject) {
  const { template } = set.spec;
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      generateName: `${set.metadata.name}-`,
      labels: template.metadata?.labels,
      annotations: template.metadata?.annotations,
      ownerReferences: [
        {
          apiVersion: 'apps/v1',
          kind: 'ReplicaSet',
          name: set.metadata.name,
          uid: set.metadata.uid,
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    },
    spec: { ...template.spec, nodeName: 'sandbox' },
  };
}

/** Not ready first, then the youngest, as the real controller chooses. */
function leastWorthKeeping(pods: readonly ApiObject[]): ApiObject[] {
  return [...pods].sort(
    (a, b) =>
      Number(isReady(a)) - Number(isReady(b)) ||
      Date.parse(b.metadata.creationTimestamp) -
        Date.parse(a.metadata.creationTimestamp),
  );
}
