import { follow } from './follow';
import { KubeClient, KubeError, KubeObject } from './KubeClient';

/** Says how much CPU the pods of a namespace use, as a metrics server would. */
export class LoadMeter {
  private readonly stopping = new AbortController();
  private readonly pods = new Map<string, KubeObject>();
  private readonly following: Promise<void>;

  /** @param usage - of each container, as in `50m` */
  constructor(
    private readonly client: KubeClient,
    private readonly namespace: string,
    private usage: string,
  ) {
    this.following = follow(
      client,
      `/api/v1/namespaces/${namespace}/pods`,
      (change, pod) => {
        const { name } = pod.metadata;
        if (change === 'gone') {
          this.pods.delete(name);
        } else if (!this.pods.has(name)) {
          this.pods.set(name, pod);
          void this.tell(pod);
        }
      },
      this.stopping.signal,
    );
  }

  /** From now on every container uses this. */
  async set(usage: string): Promise<void> {
    this.usage = usage;
    await Promise.all([...this.pods.values()].map(pod => this.tell(pod)));
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  private async tell({ metadata: { name, labels }, spec }: KubeObject) {
    const collection = `/apis/metrics.k8s.io/v1beta1/namespaces/${this.namespace}/pods`;
    const metrics = {
      timestamp: new Date().toISOString(),
      window: '10s',
      containers: spec.containers.map((container: KubeObject) => ({
        name: container.name,
        usage: { cpu: this.usage, memory: '10Mi' },
      })),
    };
    await this.client
      .create(collection, {
        apiVersion: 'metrics.k8s.io/v1beta1',
        kind: 'PodMetrics',
        metadata: { name, labels },
        ...metrics,
      })
      .catch(error => {
        if (!(error instanceof KubeError) || error.status !== 409) throw error;
        return this.client.patch(`${collection}/${name}`, metrics);
      });
  }
}
