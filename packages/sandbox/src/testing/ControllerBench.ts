import {
  deploymentController,
  garbageCollector,
  replicaSetController,
  runControllers,
} from '../controllers';
import { ApiObject, kindNamed } from '../kubernetes-api';
import { newRegistry } from './newRegistry';

const deployments = kindNamed('Deployment');
const replicaSets = kindNamed('ReplicaSet');
const pods = kindNamed('Pod');

/** The controllers on a clock moved by hand, and a node that only says `ready`. */
export class ControllerBench {
  private readonly cluster = newRegistry();
  readonly registry = this.cluster.registry;
  readonly clock = this.cluster.clock;
  readonly errors: unknown[] = [];
  /** Pods of these images never become ready. */
  readonly broken = new Set<string>();

  constructor() {
    const { registry, clock, store } = this.cluster;
    runControllers({
      store,
      clock,
      onError: error => this.errors.push(error),
      controllers: [
        deploymentController(registry),
        replicaSetController(registry),
        garbageCollector(registry),
      ],
    });
    store.subscribe(({ kind, type, object }) => {
      if (kind !== pods) return;
      if (type === 'ADDED') clock.after(1000, () => this.makeReady(object));
      else if (object.metadata.deletionTimestamp && type === 'MODIFIED') {
        clock.after(1000, () => this.remove(object));
      }
    });
  }

  deployment(name = 'a'): ApiObject {
    return this.registry.read(deployments, 'default', name);
  }

  condition(type: string) {
    return this.deployment().status.conditions.find(
      (condition: any) => condition.type === type,
    );
  }

  sets(): ApiObject[] {
    return this.registry.store.list(replicaSets, 'default');
  }

  /** Images of the pods that are not going away. */
  images(): string[] {
    return this.registry.store
      .list(pods, 'default')
      .filter(pod => !pod.metadata.deletionTimestamp)
      .map(pod => pod.spec.containers[0].image)
      .sort();
  }

  change(spec: Record<string, unknown>, name = 'a'): void {
    this.registry.update(deployments, 'default', name, object => ({
      ...object,
      spec: { ...object.spec, ...spec },
    }));
  }

  private makeReady({ metadata, spec }: ApiObject) {
    if (this.broken.has(spec.containers[0].image)) return;
    if (!this.registry.store.get(pods, 'default', metadata.name)) return;
    const since = new Date(this.clock.now()).toISOString();
    this.registry.updateStatus(pods, 'default', metadata.name, pod => ({
      ...pod,
      status: {
        conditions: [
          { type: 'Ready', status: 'True', lastTransitionTime: since },
        ],
      },
    }));
  }

  private remove({ metadata }: ApiObject) {
    if (!this.registry.store.get(pods, 'default', metadata.name)) return;
    this.registry.delete(pods, 'default', metadata.name, {
      gracePeriodSeconds: 0,
    });
  }
}
