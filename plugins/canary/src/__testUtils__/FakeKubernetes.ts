import {
  KubernetesRequestBody,
  ObjectsByEntityResponse,
} from '@backstage/plugin-kubernetes-common';

/** A pod of the namespace `shop`; with `hash` one of the ReplicaSet `checkout-<hash>`. */
export function podObject(
  name: string,
  options: {
    namespace?: string;
    labels?: Record<string, string>;
    hash?: string;
    waiting?: string;
    restarts?: number;
  } = {},
) {
  const { namespace = 'shop', labels, hash, waiting, restarts = 0 } = options;
  const owner = name.split('-').slice(0, -1).join('-');
  return {
    metadata: {
      name,
      namespace,
      labels: { ...labels, ...(hash && { 'pod-template-hash': hash }) },
      ownerReferences: [{ kind: 'ReplicaSet', name: owner }],
    },
    spec: { containers: [{}] },
    status: {
      phase: 'Running',
      containerStatuses: [
        {
          ready: !waiting,
          restartCount: restarts,
          state: waiting ? { waiting: { reason: waiting } } : {},
        },
      ],
    },
  };
}

/** The Kubernetes plugin's two APIs over pods in memory, as far as pods are read through them. */
export class FakeKubernetes {
  asked = 0;
  fails?: Error;

  constructor(
    private readonly pods: readonly ReturnType<typeof podObject>[],
    private readonly cluster = 'sandbox',
  ) {}

  async getClusters() {
    return [{ name: this.cluster, authProvider: 'serviceAccount' }];
  }

  async decorateRequestBodyForAuth(
    _provider: string,
    body: KubernetesRequestBody,
  ) {
    return body;
  }

  async getWorkloadsByEntity(): Promise<ObjectsByEntityResponse> {
    this.asked += 1;
    if (this.fails) throw this.fails;
    return {
      items: [
        {
          cluster: { name: this.cluster },
          // As much of a pod as anybody reads.
          resources: [{ type: 'pods', resources: this.pods as never }],
          podMetrics: [],
          errors: [],
        },
      ],
    };
  }
}
