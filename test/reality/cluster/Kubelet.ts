import { follow } from './follow';
import {
  failOnOwnMistake,
  KubeClient,
  KubeError,
  KubeObject,
} from './KubeClient';
import { podBehaviour } from './podBehaviour';
import { ContainerReport, podStatus } from './podStatus';

const PODS = '/api/v1/pods';
const NODES = '/api/v1/nodes';

/** How long a pod takes to come up, and to go. */
const START_MS = 100;
const STOP_MS = 50;
/** Longest back-off of a container that crashes; a real one waits ten seconds first. */
const CRASHES = 5;

const delay = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const pathOf = ({ metadata }: KubeObject) =>
  `/api/v1/namespaces/${metadata.namespace}/pods/${metadata.name}`;

const running = (ready: boolean): ContainerReport => ({
  ready,
  state: { running: { startedAt: new Date().toISOString() } },
});

const isOver = ({ status }: KubeObject) =>
  status.phase === 'Failed' || status.phase === 'Succeeded';

/**
 * A scheduler and a kubelet in one: binds pods to nodes in turn, reports of their containers what their images' tags say (`podBehaviour`), and
 * lets go of those that are deleted. Nothing runs.
 */
export class Kubelet {
  private readonly stopping = new AbortController();
  /** Uids of pods that were bound, started or let go. */
  private readonly begun = new Map<string, Set<string>>();
  private readonly held = new Set<(pod: KubeObject) => boolean>();
  private readonly following: Promise<void>;
  private turn = 0;

  private constructor(
    private readonly client: KubeClient,
    private readonly nodes: readonly string[],
  ) {
    this.following = follow(
      client,
      PODS,
      (change, pod) => {
        if (change === 'gone') this.begun.delete(pod.metadata.uid);
        else this.look(pod);
      },
      this.stopping.signal,
    );
  }

  static async start(
    client: KubeClient,
    nodes: readonly string[],
  ): Promise<Kubelet> {
    for (const name of nodes) {
      await client.create(NODES, {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: { name, labels: { 'kubernetes.io/hostname': name } },
      });
      await client.patch(`${NODES}/${name}/status`, {
        status: {
          capacity: { cpu: '64', memory: '64Gi', pods: '500' },
          conditions: [{ type: 'Ready', status: 'True', reason: 'Test' }],
        },
      });
    }
    return new Kubelet(client, nodes);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.following;
  }

  /**
   * Keeps pods from getting ready until what it returns is called.
   *
   * @param whose - those in this namespace, of this version where one is given
   */
  hold(namespace: string, image?: string): () => void {
    const isHeld = ({ metadata, spec }: KubeObject) =>
      metadata.namespace === namespace &&
      (!image || spec.containers.some((one: any) => one.image === image));
    this.held.add(isHeld);
    return () => this.held.delete(isHeld);
  }

  /** The containers of these pods crash from now on, whatever their images say. */
  async crash(pods: readonly KubeObject[]): Promise<void> {
    await Promise.all(pods.map(pod => this.crashLoop(pod)));
  }

  /** Evicts pods as `kubectl drain` does: asks for each, and again while a budget forbids it. */
  async evict(pods: readonly KubeObject[]): Promise<void> {
    await Promise.all(pods.map(pod => this.evictOne(pod)));
  }

  private async evictOne(pod: KubeObject) {
    const { name, namespace } = pod.metadata;
    while (!this.stopping.signal.aborted) {
      try {
        await this.client.create(`${pathOf(pod)}/eviction`, {
          apiVersion: 'policy/v1beta1',
          kind: 'Eviction',
          metadata: { name, namespace },
        });
        return;
      } catch (error) {
        if (!(error instanceof KubeError)) throw error;
        if (error.status === 404) return;
        // 429: a budget forbids it, for now.
        if (error.status !== 429) throw error;
      }
      await delay(200);
    }
  }

  /** Does what this pod needs next; each only once. */
  private look(pod: KubeObject) {
    const { uid, deletionTimestamp } = pod.metadata;
    const begun = this.begun.get(uid) ?? new Set<string>();
    this.begun.set(uid, begun);
    const once = (what: string, act: () => Promise<void>) => {
      if (begun.has(what)) return;
      begun.add(what);
      void this.insist(uid, act);
    };
    if (deletionTimestamp) once('stop', () => this.letGo(pod));
    else if (!pod.spec.nodeName) once('bind', () => this.bind(pod));
    else if (!isOver(pod)) once('run', () => this.run(pod));
  }

  /** Again while the API server does not take it, as long as the pod is there. */
  private async insist(uid: string, act: () => Promise<void>) {
    while (!this.stopping.signal.aborted && this.begun.has(uid)) {
      try {
        await act();
        return;
      } catch (error) {
        if (error instanceof KubeError && error.status === 404) return;
        failOnOwnMistake(error);
        await delay(100);
      }
    }
  }

  private async bind(pod: KubeObject) {
    const { name, namespace } = pod.metadata;
    const node = this.nodes[this.turn++ % this.nodes.length];
    await this.client.create(`${pathOf(pod)}/binding`, {
      apiVersion: 'v1',
      kind: 'Binding',
      metadata: { name, namespace },
      target: { apiVersion: 'v1', kind: 'Node', name: node },
    });
  }

  private async run(pod: KubeObject) {
    await delay(START_MS);
    switch (podBehaviour(pod)) {
      case 'cannotBePulled':
        await this.report(pod, {
          state: {
            waiting: {
              reason: 'ImagePullBackOff',
              message: `Back-off pulling image "${pod.spec.containers[0].image}"`,
            },
          },
        });
        return;
      case 'crashes':
        await this.crashLoop(pod);
        return;
      case 'neverReady':
        await this.report(pod, running(false));
        return;
      default:
        await this.report(pod, running(false));
        while (this.isHeld(pod)) await delay(20);
        await this.report(pod, running(true));
    }
  }

  private isHeld(pod: KubeObject) {
    const { aborted } = this.stopping.signal;
    return !aborted && [...this.held].some(isHeld => isHeld(pod));
  }

  private async crashLoop(pod: KubeObject) {
    for (let restarts = 1; restarts <= CRASHES; restarts += 1) {
      if (!this.begun.has(pod.metadata.uid)) return;
      await this.report(pod, {
        restarts,
        state: {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: `back-off restarting failed container`,
          },
        },
      });
      await delay(START_MS);
    }
  }

  private async report(pod: KubeObject, report: ContainerReport) {
    await this.client.patch(`${pathOf(pod)}/status`, {
      metadata: { uid: pod.metadata.uid },
      status: podStatus(pod, report),
    });
  }

  private async letGo(pod: KubeObject) {
    await delay(STOP_MS);
    await this.client.delete(pathOf(pod), {
      gracePeriodSeconds: 0,
      preconditions: { uid: pod.metadata.uid },
    });
  }
}
