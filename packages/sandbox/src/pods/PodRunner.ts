import { timestamp } from '../clock';
import { ApiObject, kindNamed } from '../kubernetes-api';
import { imageBehaviour, ImageBehaviour, parseImage } from './imageBehaviour';
import { NodeServices } from './NodeServices';
import { ContainerState, PodFacts, podStatus } from './podStatus';
import { PodServer, servePod } from './servePod';

const podKind = kindNamed('Pod');
const longestBackOffMs = 30_000;

/**
 * The life of one pod on the node: pull, start, become ready, crash and back
 * off, stop gracefully. It only reports; that a pod which stops gets no new
 * requests is the work of the endpoints.
 */
export class PodRunner {
  private readonly behaviour: ImageBehaviour;
  private readonly startedAt: string;
  private server?: PodServer;
  private cancel = () => {};
  private restarts = 0;
  private ready = false;
  private ended = false;

  constructor(
    private readonly pod: ApiObject,
    private readonly node: NodeServices,
  ) {
    this.startedAt = timestamp(node.clock);
    this.behaviour = behaviourOf(pod);
  }

  /** Begins the pod's life. */
  run(): void {
    const { clock, startMs } = this.node;
    this.report('Pending', { waiting: { reason: 'ContainerCreating' } });
    this.cancel = clock.after(startMs, () => this.start());
  }

  /** The port it serves on; undefined when it does not. */
  get port(): number | undefined {
    return this.server?.port;
  }

  /** Serves on for `drainMs`, lets requests end, then removes the pod. */
  terminate(graceSeconds: number): void {
    if (this.ended) return;
    this.ended = true;
    this.cancel();
    const { clock, drainMs } = this.node;
    clock.after(Math.min(drainMs, graceSeconds * 1000), async () => {
      await this.server?.stop();
      this.remove();
    });
  }

  /** The pod is gone from the API, or the sandbox stops. */
  async kill(): Promise<void> {
    this.ended = true;
    this.cancel();
    await this.server?.stop();
  }

  private start() {
    const { node, pod, behaviour } = this;
    switch (behaviour.kind) {
      case 'cannotBePulled':
        this.failPull('ErrImagePull');
        break;
      case 'crashes':
        this.crash();
        break;
      default: {
        const image = pod.spec.containers[0].image;
        const { service, tag } = parseImage(image);
        this.log(`starting ${image}`);
        servePod({
          behaviour,
          identity: { service, version: tag, pod: pod.metadata.name },
          clock: node.clock,
          random: node.random,
          ownErrorShare: node.ownErrorShare,
          log: line => this.log(line),
        }).then(
          server => this.serve(server),
          error => this.log(`cannot listen: ${error}`),
        );
      }
    }
  }

  private serve(server: PodServer) {
    this.server = server;
    if (this.ended) {
      void server.stop();
      return;
    }
    const running = { running: { startedAt: timestamp(this.node.clock) } };
    this.log(`listening on ${server.port}`);
    this.report('Running', running);
    this.cancel = this.node.clock.after(this.node.readyMs, () => {
      this.ready = true;
      this.report('Running', running);
    });
  }

  private crash() {
    const startedAt = timestamp(this.node.clock);
    this.log('panic: this image crashes');
    this.report('Running', { running: { startedAt } });
    this.cancel = this.node.clock.after(this.node.readyMs / 2, () => {
      const finishedAt = timestamp(this.node.clock);
      const terminated = {
        exitCode: 1,
        reason: 'Error',
        startedAt,
        finishedAt,
      };
      const backOffMs = Math.min(1000 * 2 ** this.restarts, longestBackOffMs);
      this.report(
        'Running',
        {
          waiting: {
            reason: 'CrashLoopBackOff',
            message: `back-off ${
              backOffMs / 1000
            }s restarting failed container`,
          },
        },
        { terminated },
      );
      this.node.recordEvent(
        this.pod,
        'Warning',
        'BackOff',
        'Back-off restarting failed container',
      );
      this.cancel = this.node.clock.after(backOffMs, () => {
        this.restarts += 1;
        this.crash();
      });
    });
  }

  private failPull(reason: 'ErrImagePull' | 'ImagePullBackOff') {
    const [{ image }] = this.pod.spec.containers;
    const message =
      reason === 'ErrImagePull'
        ? `failed to pull image "${image}": not found`
        : `Back-off pulling image "${image}"`;
    this.report('Pending', { waiting: { reason, message } });
    this.node.recordEvent(this.pod, 'Warning', 'Failed', message);
    if (reason === 'ErrImagePull') {
      this.cancel = this.node.clock.after(this.node.readyMs, () =>
        this.failPull('ImagePullBackOff'),
      );
    }
  }

  private report(
    phase: PodFacts['phase'],
    state: ContainerState,
    lastState?: ContainerState,
  ) {
    const { registry, clock, images } = this.node;
    const { namespace = '', name } = this.pod.metadata;
    if (!registry.store.get(podKind, namespace, name)) return;
    registry.updateStatus(
      podKind,
      namespace,
      name,
      pod => ({
        ...pod,
        status: podStatus(
          pod,
          {
            phase,
            state,
            lastState,
            ready: this.ready,
            restarts: this.restarts,
            startedAt: this.startedAt,
            imageIdOf: image => images.imageId(image),
          },
          timestamp(clock),
        ),
      }),
      'kubelet',
    );
  }

  private remove() {
    const { registry } = this.node;
    const { namespace = '', name, uid } = this.pod.metadata;
    const current = registry.store.get(podKind, namespace, name);
    if (current?.metadata.uid !== uid) return;
    registry.delete(podKind, namespace, name, { uid, gracePeriodSeconds: 0 });
  }

  private log(line: string) {
    this.node.log(this.pod.metadata.uid, line);
  }
}

function behaviourOf(pod: ApiObject): ImageBehaviour {
  const all: ImageBehaviour[] = pod.spec.containers.map((container: any) =>
    imageBehaviour(container.image),
  );
  return (
    all.find(({ kind }) => kind === 'cannotBePulled') ??
    all.find(({ kind }) => kind === 'crashes') ??
    all[0]
  );
}
