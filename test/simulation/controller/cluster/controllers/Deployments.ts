/* eslint-disable @backstage/no-relative-monorepo-imports -- reads Deployments as the product does */
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { digest } from '../../../../../plugins/canary-backend/src/workload/manifests/templateHash';
import { specOf } from '../../../../../plugins/canary-backend/src/workload/manifests/manifests';
import type { World } from '../../world/World';

/** What becomes of pods of an image. */
export type Behaviour = 'serves' | 'crashes' | 'cannot be pulled';

const named = ({
  kind,
  metadata: { namespace = '', name },
}: KubernetesObject) => ({
  kind,
  namespace,
  name,
});

const imagesOf = ({ spec }: KubernetesObject) =>
  (spec as any).containers as { name: string; image: string }[];

/**
 * The controllers of Deployments and ReplicaSets and the kubelet in one: makes
 * pods, replaces those of an older template a quarter at a time, and reports,
 * each some time after what it reacts to. What it reports was true when it
 * looked, not when it wrote.
 */
export class Deployments {
  private readonly planned = new Set<string>();
  private pods = 0;

  constructor(
    private readonly world: World,
    private readonly behaviourOf: (image: string) => Behaviour,
  ) {
    world.api.onWrite(({ ref, before, after }) => {
      if (ref.kind === 'Deployment') {
        if (!after) this.collect(before!);
        else if (before?.metadata.generation !== after.metadata.generation) {
          this.plan(ref.name);
        }
      }
      const [owner] = (after ?? before)?.metadata.ownerReferences ?? [];
      if (ref.kind === 'Pod' && owner) this.plan(owner.name);
    });
  }

  /** Live pods of a Deployment. */
  podsOf({ metadata }: KubernetesObject): KubernetesObject[] {
    return this.world.api
      .select({ kind: 'Pod', namespace: metadata.namespace! })
      .filter(
        pod =>
          pod.metadata.ownerReferences?.[0].uid === metadata.uid &&
          !pod.metadata.deletionTimestamp &&
          pod.status?.phase !== 'Failed',
      );
  }

  /** A pod's end, after its grace. */
  end(pod: KubernetesObject, by: string): void {
    const { api, time, chance } = this.world;
    api.edit(by, named(pod), ({ metadata, status }) => {
      metadata.deletionTimestamp = new Date(time.now).toISOString();
      if (status) status.conditions = [{ type: 'Ready', status: 'False' }];
    });
    time.after(chance.between(300, 1_500), () => api.remove(by, named(pod)));
  }

  /** A container of a pod ends and begins anew, or goes on ending. */
  crash(pod: KubernetesObject, forMs: number): void {
    const { api, time } = this.world;
    api.edit('kubelet', named(pod), object => {
      object.status = statusOf(pod, 'crashes');
    });
    time.after(forMs, () => this.start(pod.metadata.name));
  }

  private plan(name: string): void {
    if (this.planned.has(name)) return;
    this.planned.add(name);
    this.world.time.after(this.lag(), () => {
      this.planned.delete(name);
      this.reconcile(name);
    });
  }

  private lag(): number {
    const { faults, chance } = this.world;
    return faults.during('slow controllers')
      ? chance.between(1_000, 6_000)
      : chance.between(5, 120);
  }

  private reconcile(name: string): void {
    const { api, time } = this.world;
    const deployment = api.read({
      kind: 'Deployment',
      namespace: 'shop',
      name,
    });
    if (!deployment) return;
    const { template, replicas = 1, paused = false } = specOf(deployment);
    const hash = digest(template).slice(0, 10);
    const pods = this.podsOf(deployment);
    const isNew = (pod: KubernetesObject) =>
      pod.metadata.labels?.['pod-template-hash'] === hash;
    const fresh = pods.filter(isNew);
    const old = pods.filter(pod => !isNew(pod));
    const surge = Math.ceil(replicas / 4);
    const readyPods = pods.filter(isReady).length;

    if (!paused) {
      const room = replicas + surge - pods.length;
      const missing = Math.min(replicas - fresh.length, room);
      for (let made = 0; made < missing; made++) this.make(deployment, hash);
    }
    const surplus = fresh.length - replicas;
    for (const pod of unreadyFirst(fresh).slice(0, Math.max(0, surplus))) {
      this.end(pod, 'replicaset controller');
    }
    const least = replicas - Math.floor(replicas / 4);
    let spare = readyPods - least;
    for (const pod of paused ? [] : unreadyFirst(old)) {
      if (isReady(pod) && replicas > 0) {
        if (spare <= 0) break;
        spare--;
      }
      this.end(pod, 'replicaset controller');
    }
    const status = {
      observedGeneration: deployment.metadata.generation,
      ...counted({
        replicas: pods.length,
        updatedReplicas: fresh.length,
        readyReplicas: readyPods,
        availableReplicas: readyPods,
      }),
    };
    time.after(this.lag() / 2, () =>
      api.edit(
        'deployment controller',
        { kind: 'Deployment', namespace: 'shop', name },
        object => {
          if (object.metadata.uid === deployment.metadata.uid) {
            object.status = status;
          }
        },
      ),
    );
  }

  private make(deployment: KubernetesObject, hash: string): void {
    const { api, time, chance } = this.world;
    const { apiVersion, kind, metadata } = deployment;
    const { template } = specOf(deployment);
    const name = `${metadata.name}-${hash.slice(0, 5)}-${++this.pods}`;
    api.make('replicaset controller', {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: {
        name,
        namespace: metadata.namespace,
        labels: { ...template.metadata?.labels, 'pod-template-hash': hash },
        ownerReferences: [
          { apiVersion, kind, name: metadata.name, uid: metadata.uid! },
        ],
      },
      spec: { containers: template.spec.containers } as any,
      status: { phase: 'Pending' },
    });
    time.after(chance.between(100, 1_200), () => this.start(name));
  }

  private start(name: string): void {
    const { api } = this.world;
    const pod = api.read({ kind: 'Pod', namespace: 'shop', name });
    if (!pod || pod.metadata.deletionTimestamp) return;
    const behaviours = imagesOf(pod).map(({ image }) =>
      this.behaviourOf(image),
    );
    const worst = behaviours.find(one => one !== 'serves') ?? 'serves';
    api.edit('kubelet', named(pod), object => {
      object.status = statusOf(pod, worst);
    });
  }

  /** The garbage collector: pods go after their Deployment. */
  private collect(gone: KubernetesObject): void {
    const { api, time } = this.world;
    time.after(this.lag() + 50, () => {
      for (const pod of api.select({ kind: 'Pod', namespace: 'shop' })) {
        const [owner] = pod.metadata.ownerReferences ?? [];
        if (
          owner?.uid === gone.metadata.uid &&
          !pod.metadata.deletionTimestamp
        ) {
          this.end(pod, 'garbage collector');
        }
      }
    });
  }
}

/** Whether it answers requests. */
export function isReady({ metadata, status }: KubernetesObject): boolean {
  const conditions = (status?.conditions ?? []) as any[];
  return (
    !metadata.deletionTimestamp &&
    conditions.some(one => one.type === 'Ready' && one.status === 'True')
  );
}

function unreadyFirst(pods: readonly KubernetesObject[]) {
  return [...pods].sort((a, b) => Number(isReady(a)) - Number(isReady(b)));
}

/** Kubernetes leaves out what is 0. */
function counted(numbers: Record<string, number>): Record<string, number> {
  return Object.fromEntries(Object.entries(numbers).filter(([, n]) => n > 0));
}

function statusOf(pod: KubernetesObject, behaviour: Behaviour) {
  const state =
    behaviour === 'serves'
      ? { running: {} }
      : {
          waiting: {
            reason:
              behaviour === 'crashes' ? 'CrashLoopBackOff' : 'ImagePullBackOff',
          },
        };
  return {
    phase: behaviour === 'serves' ? 'Running' : 'Pending',
    conditions: [
      { type: 'Ready', status: behaviour === 'serves' ? 'True' : 'False' },
    ],
    containerStatuses: imagesOf(pod).map(({ name, image }) => ({
      name,
      imageID: `${image}@sha256:${digest(image)}`,
      restartCount: behaviour === 'crashes' ? 3 : 0,
      state,
    })),
  };
}
