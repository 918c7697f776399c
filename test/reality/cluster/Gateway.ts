import { follow } from './follow';
import { failOnOwnMistake, KubeClient, KubeObject } from './KubeClient';

const ROUTES = '/apis/gateway.networking.k8s.io/v1/httproutes';

const delay = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));

const pathOf = ({ metadata }: KubeObject) =>
  `/apis/gateway.networking.k8s.io/v1/namespaces/${metadata.namespace}/httproutes/${metadata.name}`;

/** Weights of the backends of a route's rules, by the name of their Service. */
type Weights = Readonly<Record<string, number>>;

/**
 * A gateway's controller without a gateway: reads routes, looks whether the
 * Services that they name are there, and says in their status that it took them.
 * What each route said, and whenever one sent users to a Service that was not
 * there, is kept for the tests.
 */
export class Gateway {
  /** Sentences, by namespace: users were sent to nobody. */
  readonly sentToNobody = new Map<string, string[]>();
  private readonly stopping = new AbortController();
  private readonly following: Promise<void>;
  private readonly told = new Map<string, Weights[]>();
  private readonly held = new Set<string>();
  private readonly latest = new Map<string, number>();

  constructor(private readonly client: KubeClient) {
    this.following = follow(
      client,
      ROUTES,
      (change, route) => {
        if (change === 'seen') void this.look(route);
      },
      this.stopping.signal,
    );
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  /** The canary's share of the route of a namespace, in percent, and each change of it. */
  shares(namespace: string): readonly (number | 'no canary')[] {
    const shares = (this.told.get(namespace) ?? []).map(
      ({ checkout = 0, 'checkout-canary': canary }) =>
        canary === undefined
          ? ('no canary' as const)
          : Math.round((100 * canary) / (checkout + canary)),
    );
    return shares.filter((share, at) => share !== shares[at - 1]);
  }

  /** Takes no route of this namespace until what it returns is called. */
  hold(namespace: string): () => void {
    this.held.add(namespace);
    return () => this.held.delete(namespace);
  }

  private async look(route: KubeObject) {
    const { uid, generation, namespace } = route.metadata;
    if ((this.latest.get(uid) ?? 0) >= generation) return;
    this.latest.set(uid, generation);
    const weights = weightsOf(route);
    this.told.set(namespace, [...(this.told.get(namespace) ?? []), weights]);
    while (!this.stopping.signal.aborted) {
      // A later change says what there is to say.
      if (this.latest.get(uid) !== generation) return;
      try {
        if (!this.held.has(namespace)) {
          await this.accept(route, await this.missing(namespace, weights));
          return;
        }
      } catch (error) {
        failOnOwnMistake(error);
        // The API server is away: asked again.
      }
      await delay(50);
    }
  }

  private async missing(namespace: string, weights: Weights) {
    const found = await Promise.all(
      Object.keys(weights).map(async name =>
        (await this.client.find(
          `/api/v1/namespaces/${namespace}/services/${name}`,
        ))
          ? []
          : [name],
      ),
    );
    return found.flat();
  }

  private async accept(route: KubeObject, missing: readonly string[]) {
    const { name, namespace, generation } = route.metadata;
    const present = await this.client.get(pathOf(route));
    // Nobody is sent anywhere by a route that was changed since.
    if (present.metadata.generation !== generation) return;
    const weights = weightsOf(present);
    for (const service of missing) {
      if (weights[service] > 0) {
        this.sentToNobody.set(namespace, [
          ...(this.sentToNobody.get(namespace) ?? []),
          `${name} gave ${weights[service]} to ${service}, which is not there`,
        ]);
      }
    }
    const condition = (type: string, isTrue: boolean, reason: string) => ({
      type,
      status: isTrue ? 'True' : 'False',
      reason,
      message: 'Taken.',
      observedGeneration: generation,
      lastTransitionTime: new Date().toISOString(),
    });
    await this.client.patch(`${pathOf(route)}/status`, {
      status: {
        parents: route.spec.parentRefs.map((parentRef: KubeObject) => ({
          parentRef,
          controllerName: 'example.com/gateway-of-the-tests',
          conditions: [
            condition('Accepted', true, 'Accepted'),
            condition(
              'ResolvedRefs',
              missing.length === 0,
              missing.length === 0 ? 'ResolvedRefs' : 'BackendNotFound',
            ),
          ],
        })),
      },
    });
  }
}

/** What a route gives each Service, all rules together. */
function weightsOf(route: KubeObject): Weights {
  const weights: Record<string, number> = {};
  for (const { backendRefs = [] } of route.spec.rules) {
    for (const { name, weight = 1 } of backendRefs) {
      weights[name] = (weights[name] ?? 0) + weight;
    }
  }
  return weights;
}
