import { JsonObject } from 'backstage-plugin-canary-common';
import { KubernetesObject, ObjectRef } from 'backstage-plugin-canary-node';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { specOf } from '../../workload/manifests/manifests';

const READY = {
  phase: 'Running',
  conditions: [
    { type: 'Ready', status: 'True' },
    { type: 'ContainersReady', status: 'True' },
  ],
};

const EVICTED = {
  phase: 'Failed',
  reason: 'Evicted',
  message: 'The node was low on resource: memory.',
};

type Fate = 'pending' | 'ready' | 'gone' | 'crashed';

/**
 * The pods of a canary, as the controllers of Kubernetes, its nodes and those
 * who drain them treat them: one that goes has a successor at once, which waits
 * for a place.
 */
export class CanaryPods {
  /** Whether any node has room. */
  hasRoom = true;
  private readonly fates = new Map<string, Fate>();

  constructor(private readonly cluster: MemoryCluster) {}

  /** What the canary's Deployment reports once its controllers have acted. */
  settle(deployment: KubernetesObject): JsonObject {
    const { replicas = 1 } = specOf(deployment);
    const live = () => [...this.fates.values()].filter(one => one !== 'gone');
    while (live().length < replicas) this.make(deployment);
    for (const [name, fate] of this.fates) {
      if (fate === 'pending' && this.hasRoom) this.become(name, 'ready', READY);
    }
    const ready = live().filter(fate => fate === 'ready').length;
    return {
      replicas,
      updatedReplicas: replicas,
      readyReplicas: ready,
      availableReplicas: ready,
    };
  }

  /** Every pod that runs is evicted; the API keeps such pods for a while. */
  evict(): void {
    this.all('ready', 'gone', EVICTED);
  }

  /** One of those that run is. */
  evictOne(): void {
    const [running] = [...this.fates].find(([, fate]) => fate === 'ready')!;
    this.become(running, 'gone', EVICTED);
  }

  /** Every pod that runs is deleted and gone before anybody looks. */
  delete(): void {
    for (const [name, fate] of this.fates) {
      if (fate !== 'ready') continue;
      this.cluster.remove(refTo(name));
      this.fates.set(name, 'gone');
    }
  }

  /** Every pod that runs crashes, and is on its way up again. */
  crash(): void {
    this.all('ready', 'crashed', {
      phase: 'Running',
      conditions: [
        { type: 'Ready', status: 'False', reason: 'ContainersNotReady' },
        { type: 'ContainersReady', status: 'False' },
      ],
      containerStatuses: [
        { name: 'checkout', restartCount: 1, state: { running: {} } },
      ],
    });
  }

  private all(from: Fate, to: Fate, status: JsonObject) {
    for (const [name, fate] of this.fates) {
      if (fate === from) this.become(name, to, status);
    }
  }

  private make(deployment: KubernetesObject) {
    const name = `${deployment.metadata.name}-7c9-${this.fates.size + 1}`;
    const { labels } = specOf(deployment).template.metadata ?? {};
    this.cluster.put({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: 'shop',
        labels: { ...labels, 'pod-template-hash': '7c9' },
      },
      status: { phase: 'Pending' },
    });
    this.fates.set(name, 'pending');
  }

  private become(name: string, fate: Fate, status: JsonObject) {
    this.cluster.edit(refTo(name), pod => Object.assign(pod, { status }));
    this.fates.set(name, fate);
  }
}

function refTo(name: string): ObjectRef {
  return { apiVersion: 'v1', kind: 'Pod', namespace: 'shop', name };
}
