import { isEnded, Rollout } from 'backstage-plugin-canary-common';
import { MetricsServer } from '../src/__testUtils__/MetricsServer';
import { serviceEntity } from '../src/__testUtils__/serviceEntity';
import { FaultyProxy } from './cluster/FaultyProxy';
import { RealCluster } from './cluster/RealCluster';
import { RealShop, ShopOptions } from './cluster/RealShop';
import { plans } from './plans';
import { PortalProcess } from './portal/PortalProcess';

/** Many look at the same time, and what they look at needs the machine too. */
const PATIENCE = { timeoutMs: 120_000, everyMs: 250 };

/** Names of the shops that tests open: each is an entity, and a namespace. */
export interface ShopNames {
  /** The backend reaches the API server of these by itself. */
  readonly direct: readonly string[];
  /** That of these through the faulty proxy. */
  readonly faulty?: readonly string[];
}

/** A real cluster, and a real backend in a process of its own that rolls out to it. */
export class Reality {
  private constructor(
    readonly cluster: RealCluster,
    readonly proxy: FaultyProxy,
    readonly metrics: MetricsServer,
    readonly portal: PortalProcess,
  ) {}

  /**
   * @param assets - what `KUBEBUILDER_ASSETS` names
   * @param options - of the cluster
   */
  static async open(
    assets: string | undefined,
    shops: ShopNames,
    options?: Parameters<typeof RealCluster.start>[1],
  ): Promise<Reality> {
    if (!assets) {
      throw new Error(
        'KUBEBUILDER_ASSETS has to name the folder of etcd, kube-apiserver and kube-controller-manager',
      );
    }
    const { direct, faulty = [] } = shops;
    const cluster = await RealCluster.start(assets, options);
    const metrics = new MetricsServer();
    await metrics.start();
    const { url, caFile } = cluster.plane;
    const token = cluster.portalToken;
    const proxy = await FaultyProxy.start(cluster.plane);
    const entitiesOf = (names: readonly string[], through: string) =>
      names.map(name =>
        serviceEntity(name, {
          'backstage.io/kubernetes-namespace': name,
          'canary/workload': 'deployment/checkout',
          'canary/cluster': through,
        }),
      );
    const portal = await PortalProcess.open({
      entities: [
        ...entitiesOf(direct, 'direct'),
        ...entitiesOf(faulty, 'faulty'),
      ],
      canary: {
        clusters: [
          { name: 'direct', url, token, caFile },
          { name: 'faulty', url: proxy.url, token },
        ],
        metricSources: { web: { kind: 'web', url: metrics.url } },
        metrics: {
          quality: {
            source: 'web',
            query: '/quality#$.value',
            judge: { kind: 'threshold', max: 1 },
          },
        },
        plans,
      },
    });
    return new Reality(cluster, proxy, metrics, portal);
  }

  shop(name: string, options?: ShopOptions): Promise<RealShop> {
    return RealShop.open(this.cluster, name, options);
  }

  /** Starts a rollout and brings it to this phase; fails with its history when it ends elsewhere. */
  async roll(
    name: string,
    image: string,
    plan: string,
    until: (rollout: Rollout) => boolean,
  ): Promise<string> {
    const { id } = await this.portal.roll(name, image, plan);
    await this.until(id, until);
    return id;
  }

  /** Looks until the condition holds; fails with the history. */
  async until(
    id: string,
    condition: (rollout: Rollout) => boolean,
  ): Promise<Rollout> {
    try {
      return await this.portal.until(id, condition, PATIENCE);
    } catch (error) {
      throw new Error(`${error}\n${await this.told(id)}`);
    }
  }

  /** Waits for its end, which must be this one. */
  async expectEnd(
    id: string,
    want: { readonly phase: Rollout['phase']; readonly reason?: string },
  ): Promise<Rollout> {
    const ended = await this.until(id, ({ phase }) => isEnded(phase));
    const { phase, outcome } = ended;
    const { reason = outcome?.reason } = want;
    if (phase !== want.phase || outcome?.reason !== reason) {
      throw new Error(
        `${phase} by ${outcome?.reason}, not ${want.phase} by ${
          want.reason ?? 'any reason'
        }:\n${await this.told(id)}`,
      );
    }
    return ended;
  }

  async close(): Promise<void> {
    await this.portal.close();
    await this.proxy.stop();
    await this.cluster.stop();
    await this.metrics.stop();
  }

  private async told(id: string) {
    const events = await this.portal.events(id);
    return events.map(({ kind, message }) => `${kind}: ${message}`).join('\n');
  }
}
