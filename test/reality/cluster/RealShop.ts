import assert from 'node:assert/strict';
import { KubeObject } from './KubeClient';
import { RealCluster } from './RealCluster';
import { until } from './until';

const APPS = '/apis/apps/v1';
const ROUTES = '/apis/gateway.networking.k8s.io/v1';
const LEASES = '/apis/coordination.k8s.io/v1';

/** Annotations that Kubernetes itself writes, and changes when it likes. */
const OF_KUBERNETES =
  /^(deployment\.kubernetes|autoscaling\.alpha\.kubernetes)\.io\//;

/** What a shop is made of, where it is not the usual. */
export interface ShopOptions {
  readonly replicas?: number;
  readonly image?: string;
  /** Merged into the container. */
  readonly container?: KubeObject;
  /** Objects that come once it serves, by the collection below the namespace's path that they belong to. */
  readonly more?: readonly (readonly [api: string, object: KubeObject])[];
}

/** A namespace of a real cluster with a Deployment, a Service and a route `checkout` in it. */
export class RealShop {
  private found: readonly KubeObject[] = [];

  private constructor(
    readonly cluster: RealCluster,
    readonly namespace: string,
    private readonly watched: readonly string[],
  ) {}

  /** Makes it, and waits until its pods serve and its gateway took the route. */
  static async open(
    cluster: RealCluster,
    namespace: string,
    options: ShopOptions = {},
  ): Promise<RealShop> {
    const { more = [] } = options;
    const shop = new RealShop(cluster, namespace, [
      shopPath(APPS, namespace, 'deployments'),
      shopPath('/api/v1', namespace, 'services'),
      shopPath(ROUTES, namespace, 'httproutes'),
      shopPath(LEASES, namespace, 'leases'),
      ...more.map(([api, { plural }]) => shopPath(api, namespace, plural)),
    ]);
    await cluster.createNamespace(namespace);
    const { client } = cluster;
    await until(`a service account of ${namespace}`, async () => {
      const accounts = await client.list(
        shop.path('/api/v1', 'serviceaccounts'),
      );
      return accounts.some(({ secrets = [] }) => secrets.length > 0);
    });
    const [deployments, services] = shop.watched;
    await client.create(services, serviceOf());
    await client.create(deployments, deploymentOf(options));
    await shop.createRoute();
    await shop.settle();
    for (const [api, { plural, ...object }] of more) {
      await client.create(shop.path(api, plural), object);
    }
    shop.found = await shop.snapshot();
    return shop;
  }

  /** Path of a collection, or of an object, of this namespace. */
  path(api: string, plural: string, name?: string): string {
    return shopPath(api, this.namespace, plural, name);
  }

  deployment(name = 'checkout'): string {
    return this.path(APPS, 'deployments', name);
  }

  get route(): string {
    return this.path(ROUTES, 'httproutes', 'checkout');
  }

  async createRoute(): Promise<void> {
    const [, , routes] = this.watched;
    await this.cluster.client.create(routes, routeOf());
  }

  /** Waits until the stable runs whole and the route was taken. */
  async settle(): Promise<void> {
    const { client } = this.cluster;
    await until(`${this.namespace} to settle`, async () => {
      const { metadata, spec, status } = await client.get(this.deployment());
      const route = await client.get(this.route);
      return (
        status.observedGeneration === metadata.generation &&
        (status.updatedReplicas ?? 0) === spec.replicas &&
        (status.availableReplicas ?? 0) === spec.replicas &&
        (status.replicas ?? 0) === spec.replicas &&
        route.status?.parents?.[0].conditions[0].observedGeneration ===
          route.metadata.generation
      );
    });
  }

  /** Image of the stable's container. */
  async image(): Promise<string> {
    const { spec } = await this.cluster.client.get(this.deployment());
    return spec.template.spec.containers[0].image;
  }

  /** Waits until there is a Deployment of this name. */
  async untilThere(deployment: string): Promise<void> {
    await until(`${this.namespace}/${deployment}`, () =>
      this.cluster.client.find(this.deployment(deployment)),
    );
  }

  /** Waits until the stable's template has this image. */
  async untilImage(image: string): Promise<void> {
    await until(
      `the image ${image}`,
      async () => (await this.image()) === image,
    );
  }

  /** Pods of a version. */
  async pods(image: string): Promise<KubeObject[]> {
    const pods = await this.cluster.client.list(this.path('/api/v1', 'pods'));
    return pods.filter(({ spec }) => spec.containers[0].image === image);
  }

  /**
   * Fails unless the namespace is as it was found, with this image: nothing of
   * ours is left, no object, label, annotation, weight or floor, and nobody was
   * ever sent to a Service that was not there.
   *
   * @param replicas - where somebody scaled the stable since
   */
  async expectAsFound(image: string, replicas?: number): Promise<void> {
    await this.settle();
    const want = JSON.parse(JSON.stringify(this.found));
    const stable = want.find(({ kind }: KubeObject) => kind === 'Deployment');
    stable.spec.template.spec.containers[0].image = image;
    if (replicas !== undefined) stable.spec.replicas = replicas;
    assert.deepEqual(await this.snapshot(), want);
    assert.deepEqual(
      this.cluster.gateway.sentToNobody.get(this.namespace),
      undefined,
    );
    await until('the pods of the canary to be gone', async () => {
      const { client } = this.cluster;
      const label = '?labelSelector=canary/rollout';
      const [pods, sets] = await Promise.all([
        client.list(`${this.path('/api/v1', 'pods')}${label}`),
        client.list(`${this.path(APPS, 'replicasets')}${label}`),
      ]);
      return pods.length === 0 && sets.length === 0;
    });
  }

  /** Everything that a rollout could leave something in. */
  private async snapshot(): Promise<KubeObject[]> {
    const lists = await Promise.all(
      this.watched.map(collection => this.cluster.client.get(collection)),
    );
    return lists.flatMap(({ kind, items }) =>
      items.map(({ metadata, spec }: KubeObject) => {
        const annotations = Object.entries(metadata.annotations ?? {}).filter(
          ([key]) => !OF_KUBERNETES.test(key),
        );
        return {
          kind: kind.replace(/List$/, ''),
          name: metadata.name,
          labels: metadata.labels ?? {},
          annotations: Object.fromEntries(annotations),
          spec,
        };
      }),
    );
  }
}

function shopPath(
  api: string,
  namespace: string,
  plural: string,
  name?: string,
) {
  const collection = `${api}/namespaces/${namespace}/${plural}`;
  return name ? `${collection}/${name}` : collection;
}

function deploymentOf({
  replicas = 2,
  image = 'shop/checkout:v1',
  container,
}: ShopOptions): KubeObject {
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'checkout', labels: { app: 'checkout' } },
    spec: {
      replicas,
      selector: { matchLabels: { app: 'checkout' } },
      template: {
        metadata: { labels: { app: 'checkout' } },
        spec: { containers: [{ name: 'checkout', image, ...container }] },
      },
    },
  };
}

function serviceOf(): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'checkout' },
    spec: { selector: { app: 'checkout' }, ports: [{ port: 80 }] },
  };
}

function routeOf(): KubeObject {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: { name: 'checkout' },
    spec: {
      parentRefs: [{ name: 'shop' }],
      hostnames: ['checkout.example'],
      rules: [{ backendRefs: [{ name: 'checkout', port: 80, weight: 1 }] }],
    },
  };
}
