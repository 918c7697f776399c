import { Clock } from './clock';
import {
  deploymentController,
  endpointsController,
  garbageCollector,
  isSettled,
  recordEvent,
  replicaSetController,
  runControllers,
} from './controllers';
import { routeStatusController } from './gateway';
import { ObjectStore, Registry } from './kubernetes-api';
import { ImageTags, PodNode } from './pods';

/** The cluster without its doors: objects, controllers and the node with its pods. */
export interface Cluster {
  readonly registry: Registry;
  readonly images: ImageTags;
  /** What a pod wrote. */
  readLog(podUid: string): readonly string[];
  /** Whether every Deployment runs whole, and every Service knows it. */
  isSettled(): boolean;
  stop(): Promise<void>;
}

/** How fast pods live, in ms. */
export interface PodTimings {
  /** From scheduled to started. */
  readonly startMs: number;
  /** From started to ready. */
  readonly readyMs: number;
  /** How long a pod that is being deleted serves on. */
  readonly drainMs: number;
}

/** Brings the cluster to life over a store. */
export function startCluster(options: {
  readonly store: ObjectStore;
  readonly clock: Clock;
  readonly random: () => number;
  /** Share of requests that a healthy version answers with HTTP 500 at present. */
  readonly ownErrorShare: () => number;
  readonly timings: PodTimings;
  /** False leaves a bare API server: objects are kept and validated, nothing runs. */
  readonly controllers: boolean;
  readonly onError: (error: unknown) => void;
}): Cluster {
  const { store, clock, random, timings, onError } = options;
  const registry = new Registry(store, clock);
  const images = new ImageTags();
  const node = new PodNode({
    registry,
    clock,
    random,
    ownErrorShare: options.ownErrorShare,
    images,
    ...timings,
    recordEvent: (object, type, reason, message) =>
      recordEvent(registry, object, type, reason, message),
  });
  const unsubscribe = options.controllers
    ? store.subscribe(event => node.onChange(event))
    : () => {};
  const stopControllers = runControllers({
    store,
    clock,
    onError,
    controllers: !options.controllers
      ? []
      : [
          deploymentController(registry),
          replicaSetController(registry),
          endpointsController(registry, uid => node.portOf(uid)),
          garbageCollector(registry),
          routeStatusController(registry),
        ],
  });
  return {
    registry,
    images,
    readLog: uid => node.readLog(uid),
    isSettled: () => !options.controllers || isSettled(store),
    stop: async () => {
      stopControllers();
      unsubscribe();
      await node.stop();
    },
  };
}
