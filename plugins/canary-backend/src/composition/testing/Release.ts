import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import {
  isEnded,
  JsonObject,
  Plan,
  Preview,
  StartRequest,
} from 'backstage-plugin-canary-common';
import {
  Cluster,
  KubernetesObject,
  MetricSource,
  ObjectRef,
} from 'backstage-plugin-canary-node';
import { systemClock } from '../../clock/systemClock';
import { createEphemeralCanary } from '../../engines';
import { deploymentRef } from '../../kubernetes/objects/refs';
import { MemoryCluster } from '../../kubernetes/testing/MemoryCluster';
import { NewEvent, Ownership, RolloutState } from '../../rollout';
import { fenceOf } from '../../rollout/fence';
import { NOON, openPortal } from '../../service/testing/openPortal';
import { checkFeasible, resolveTraffic } from '../../traffic';
import { routeOf } from '../../traffic/testing/routes';
import { readCloneProblems, readStart } from '../../workload';
import { PodTemplate, specOf } from '../../workload/manifests/manifests';
import { createMachineContext } from '../createMachineContext';
import { createRegistries } from '../createRegistries';
import { createTryOut } from '../createTryOut';
import { planLibraryOf } from './planLibraryOf';

const ROUTE: ObjectRef = {
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind: 'HTTPRoute',
  namespace: 'shop',
  name: 'checkout',
};
const { signal } = new AbortController();
const JANE = 'user:default/jane';
const credentials: any = {
  principal: { type: 'user', userEntityRef: JANE },
};
const SECOND = 1_000;

const checkout = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'checkout',
    annotations: {
      'canary/workload': 'deployment/checkout',
      'backstage.io/kubernetes-namespace': 'shop',
    },
  },
};

/** What becomes of the pods of a Deployment, as its controllers would report it. */
type Running = (deployment: KubernetesObject) => JsonObject;

/** Every pod comes up at once. */
export const allUp: Running = deployment => {
  const { replicas = 1 } = specOf(deployment);
  return {
    replicas,
    updatedReplicas: replicas,
    readyReplicas: replicas,
    availableReplicas: replicas,
  };
};

/** The `status.parents` of a route. */
type Reports = (generation: number) => JsonObject[];

/** Nobody else has the rollout. */
const OWNED: Ownership = { assertProven() {}, confirm: async () => {} };

/**
 * A release of `shop/checkout` through every room: asked for by a person, read
 * and refused by the preflight, decided by the machine, and carried out in a
 * cluster of objects, where `running` stands for the controllers of Kubernetes.
 */
export class Release {
  running: Running = allUp;
  /** What gateways report of a route of this generation; none do, until a test says so. */
  reports: Reports = () => [];
  rollout!: RolloutState;
  readonly events: NewEvent[] = [];
  /** Why the cluster refused the writes of the last tick. */
  private refusal: string | undefined;
  private now = NOON;

  private constructor(
    readonly cluster: MemoryCluster,
    private readonly portal: Awaited<ReturnType<typeof openPortal>>,
    private readonly engine: ReturnType<typeof createEphemeralCanary>,
  ) {}

  /**
   * @param objects - of the shop, its route aside
   * @param plan - as an administrator writes it
   * @param answers - value of a metric by its query
   * @param gateways - names of those that the route names, and what they report
   */
  static async open(options: {
    readonly objects: readonly KubernetesObject[];
    readonly plan?: object;
    readonly metrics?: object;
    readonly answers?: Readonly<Record<string, number>>;
    readonly gateways?: {
      readonly names: readonly string[];
      readonly reports: Reports;
    };
  }): Promise<Release> {
    const { objects, plan = {}, metrics = {}, answers = {} } = options;
    const { gateways = { names: ['public'], reports: () => [] } } = options;
    const backendRefs = [{ name: 'checkout', port: 80 }];
    const parentRefs = gateways.names.map(name => ({ name }));
    const route = routeOf([{ backendRefs }], { parentRefs });
    const cluster = MemoryCluster.with(...objects, route);
    const clusters = {
      clusters: async () => [Object.assign(cluster, { name: 'eu' }) as Cluster],
    };
    const registries = createRegistries();
    const { routers, steps, judges } = registries;
    const source: MetricSource = {
      escape: ({ value }) => String(value),
      query: async ({ query }) => ({ value: answers[query], warnings: [] }),
      queryRange: async () => ({ points: [], warnings: [] }),
    };
    const sources = { get: () => source };
    const library = planLibraryOf(
      {
        metrics,
        plans: {
          careful: {
            traffic: {
              router: 'gateway-api',
              route: { name: 'checkout' },
              settle: '0s',
              drain: '0s',
            },
            steps: [{ setWeight: 50 }],
            analysis: 'none',
            ...plan,
          },
        },
        defaultPlan: 'careful',
      },
      registries,
    );
    const machineContext = createMachineContext(registries);
    const portal = await openPortal({
      catalog: catalogServiceMock({ entities: [checkout] }),
      plans: library,
      clusters,
      routers,
      steps,
      judges,
      machineContext,
      readStart,
      readCloneProblems,
      tryOut: createTryOut(registries, systemClock),
      resolveTraffic: (one, { podLabels, ...rollout }) =>
        resolveTraffic({
          cluster: one,
          rollout,
          podLabels,
          router: routers.get(rollout.plan.traffic.router),
          steps,
        }),
      checkFeasible: (checked, router, replicas) => ({
        refusals: checkFeasible(checked, router, steps, replicas),
        warnings: [],
      }),
    });
    const release: Release = new Release(
      cluster,
      portal,
      createEphemeralCanary({
        findCluster: async () => cluster,
        routers,
        steps,
        judges,
        sources,
        machineContext,
        // What is slow here is nothing: no wait of the engine's ends by itself.
        clock: { now: () => release.now, sleep: () => new Promise(() => {}) },
        send: async () => ({ status: 204 }),
      }),
    );
    release.reports = gateways.reports;
    release.settle();
    return release;
  }

  async preview(request: Partial<StartRequest>): Promise<Preview> {
    return this.portal.service.preview(requestOf(request), { credentials });
  }

  async start(request: Partial<StartRequest>): Promise<this> {
    const { id } = await this.portal.service.start(requestOf(request), {
      credentials,
    });
    await this.reload(id);
    return this;
  }

  /** A person's click, and whatever it opens. */
  async command(
    command: 'abort' | 'promoteFull' | 'rollback',
    reason = 'It must be.',
  ): Promise<this> {
    const { id, version } = this.rollout;
    if (command === 'rollback') {
      await this.keep();
      const opened = await this.portal.service.command(
        id,
        { command, expectedVersion: version, reason },
        { credentials },
      );
      await this.reload(opened.id);
      return this;
    }
    const decision = this.engine.command(
      this.rollout,
      {
        command,
        expectedVersion: version,
        reason,
        actor: JANE,
        fence: fenceOf(id, 2),
      },
      this.now,
    );
    if ('refused' in decision) throw new Error(decision.refused);
    this.rollout = decision.next;
    this.events.push(...decision.events);
    return this;
  }

  /** Observe, decide and apply, once. */
  async tick(): Promise<this> {
    const { rollout, engine } = this;
    const observed = await engine.observe(rollout, signal, this.refusal);
    const { next, events, requeueAt } = engine.decide(rollout, observed, {
      requeueAt: this.now,
      fence: fenceOf(rollout.id, 1),
    });
    this.rollout = next;
    this.events.push(...events);
    this.refusal = undefined;
    if (!isEnded(next.phase)) {
      await engine.apply(next, observed, OWNED, signal).catch(error => {
        this.refusal = error.message;
      });
    }
    this.settle();
    this.now = Math.max(this.now + SECOND, requeueAt ?? 0);
    return this;
  }

  /** Objects that got no answer in time arrive, and the controllers of Kubernetes see them. */
  landLate(): this {
    this.cluster.landLate();
    this.settle();
    return this;
  }

  /** Looks for what arrived after the end; returns what was removed. */
  async sweep(): Promise<readonly string[]> {
    return this.engine.sweep(this.rollout, OWNED, signal);
  }

  /** Ticks until this is true; fails with the history when it never is. */
  async until(isTrue: (rollout: RolloutState) => boolean): Promise<this> {
    for (let ticks = 0; ticks < 300; ticks++) {
      if (isTrue(this.rollout)) return this;
      await this.tick();
    }
    const told = this.events.map(({ message }) => message).join('\n');
    throw new Error(
      `It never came to that:\n${told}\n${this.rollout.waitingFor?.message}`,
    );
  }

  async toTheEnd(): Promise<this> {
    return this.until(({ phase }) => isEnded(phase));
  }

  /** Writes the row, which whoever comes after it reads; ticks of these tests write none. */
  async keep(): Promise<this> {
    const { id } = this.rollout;
    const stored = (await this.portal.store.get(id))!;
    await this.portal.store.commit({
      id,
      revision: stored.revision,
      epoch: stored.epoch,
      next: this.rollout,
      events: [],
      measurements: [],
      outbox: [],
    });
    return this;
  }

  /** The pod template of a Deployment of the shop as it is now. */
  template(name: string): PodTemplate {
    return specOf(this.cluster.read(deploymentRef('shop', name))!).template;
  }

  /** Somebody changes the spec of the stable. */
  edit(change: (spec: any) => void): this {
    this.cluster.edit(deploymentRef('shop', 'checkout'), ({ spec }) =>
      change(spec),
    );
    this.settle();
    return this;
  }

  /** Somebody changes where the route sends to. */
  send(backendRefs: readonly object[]): this {
    this.cluster.edit(ROUTE, ({ spec }) =>
      Object.assign(spec, { rules: [{ backendRefs }] }),
    );
    return this;
  }

  /** The plan of the rollout, whose snapshot it is. */
  get plan(): Plan {
    return this.rollout.plan;
  }

  async close() {
    await this.portal.close();
  }

  private async reload(id: string) {
    const stored = (await this.portal.store.get(id))!;
    const { items } = await this.portal.store.events(id, {});
    this.rollout = stored.state;
    this.events.length = 0;
    this.events.push(...(items as any[]));
  }

  /** When the next tick is. */
  get time(): number {
    return this.now;
  }

  /** The controllers of Kubernetes have seen everything that was written, and the gateways too. */
  settle() {
    this.cluster.collectGarbage();
    const route = this.cluster.read(ROUTE);
    const parents = this.reports(route?.metadata.generation ?? 0);
    if (route && parents.length > 0) {
      this.cluster.edit(ROUTE, object => {
        object.status = { parents };
      });
    }
    for (const name of ['checkout', 'checkout-canary', 'checkout-baseline']) {
      const ref = deploymentRef('shop', name);
      const found = this.cluster.read(ref);
      if (!found) continue;
      this.cluster.edit(ref, object => {
        object.status = {
          observedGeneration: found.metadata.generation,
          ...this.running(found),
        };
      });
    }
  }
}

function requestOf(request: Partial<StartRequest>): StartRequest {
  return { entityRef: 'component:default/checkout', ...request };
}
