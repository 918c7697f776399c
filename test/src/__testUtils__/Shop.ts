import { Sandbox, startSandbox } from 'sandbox';

const DEPLOYMENTS = '/apis/apps/v1/namespaces/shop/deployments';
const SERVICES = '/api/v1/namespaces/shop/services';
const ENDPOINTS = '/api/v1/namespaces/shop/endpoints';
const PODS = '/api/v1/namespaces/shop/pods';
const ROUTES = '/apis/gateway.networking.k8s.io/v1/namespaces/shop/httproutes';

/** The sandbox's shop as its own cluster sees it, without going through us. */
export class Shop {
  private constructor(private readonly sandbox: Sandbox) {}

  /**
   * A quiet shop whose pods start at once.
   *
   * @param startMs - or only after this long
   */
  static async open(startMs = 10): Promise<Shop> {
    return new Shop(
      await startSandbox({
        load: { requestsPerSecond: 0 },
        timings: { startMs, readyMs: 20, drainMs: 50 },
      }),
    );
  }

  get kubernetesUrl(): string {
    return this.sandbox.kubernetesUrl;
  }

  close(): Promise<void> {
    return this.sandbox.stop();
  }

  /** Adds a service with one pod: Deployment, Service and HTTPRoute of this name. */
  async add(name: string): Promise<void> {
    for (const collection of [SERVICES, DEPLOYMENTS, ROUTES]) {
      const model = await this.request(`${collection}/payments`);
      const copy = JSON.parse(
        JSON.stringify({ ...model, status: undefined }).replaceAll(
          'payments',
          name,
        ),
      );
      copy.metadata = { name, labels: copy.metadata.labels };
      if (collection === SERVICES) delete copy.spec.clusterIP;
      if (collection === SERVICES) delete copy.spec.clusterIPs;
      if (collection === DEPLOYMENTS) copy.spec.replicas = 1;
      await this.request(collection, copy);
    }
  }

  /** Waits until every Deployment runs whole. */
  async settle(): Promise<void> {
    for (;;) {
      const { settled } = await this.request(
        `${this.sandbox.controlUrl}/health`,
      );
      if (settled) return;
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }

  /** Image of a Deployment's only container. */
  async image(name: string): Promise<string> {
    const { spec } = await this.request(`${DEPLOYMENTS}/${name}`);
    return spec.template.spec.containers[0].image;
  }

  /** Replicas of every Deployment, by name. */
  async replicas(): Promise<Record<string, number>> {
    const { items } = await this.request(DEPLOYMENTS);
    return Object.fromEntries(
      items.map(({ metadata, spec }: any) => [metadata.name, spec.replicas]),
    );
  }

  /** Names of the ready pods that a Service sends requests to. */
  async podsBehind(service: string): Promise<string[]> {
    const { subsets = [] } = await this.request(`${ENDPOINTS}/${service}`);
    return subsets
      .flatMap(({ addresses = [] }: any) => addresses)
      .map(({ targetRef }: any) => targetRef.name);
  }

  /** Takes the pods behind a Service away, as whoever drains their node does. */
  async evict(service: string): Promise<void> {
    for (const name of await this.podsBehind(service)) {
      await this.request(`${PODS}/${name}/eviction`, {
        apiVersion: 'policy/v1',
        kind: 'Eviction',
        metadata: { name },
      });
    }
  }

  /**
   * Everything in the namespace that a rollout could have left: Deployments and
   * Services that are not the shop's own, and annotations and specs of all.
   */
  async snapshot(): Promise<unknown> {
    const collections = [DEPLOYMENTS, SERVICES, ROUTES];
    const lists = await Promise.all(collections.map(one => this.request(one)));
    return lists.map(({ items }) =>
      items.map(({ metadata, spec }: any) => ({
        name: metadata.name,
        labels: metadata.labels,
        annotations: metadata.annotations,
        spec,
      })),
    );
  }

  /** @param path - below the Kubernetes API, or a whole URL */
  private async request(path: string, body?: unknown): Promise<any> {
    const response = await fetch(new URL(path, this.kubernetesUrl), {
      method: body ? 'POST' : 'GET',
      headers: { 'content-type': 'application/json' },
      body: body ? JSON.stringify(body) : undefined,
    });
    const answer = await response.json();
    if (!response.ok) throw new Error(`${path}: ${answer.message}`);
    return answer;
  }
}
