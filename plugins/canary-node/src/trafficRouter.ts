import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { Exposure, JsonObject } from 'backstage-plugin-canary-common';
import { z } from 'zod';
import { KubernetesObject, ObjectRef, ObjectWrite } from './kubernetesObject';

/** What a router can do; a plan that needs more is refused before it starts. @public */
export interface TrafficCapabilities {
  readonly weights: boolean;
  readonly headers: boolean;
  readonly mirror: boolean;
}

/** Whose traffic a router shifts; known at every tick from the rollout alone. @public */
export interface TrafficTarget<TParams = JsonObject> {
  readonly namespace: string;
  /** Name of the stable workload. */
  readonly workload: string;
  /** Name of the Service that selects the canary's pods; ours alone. */
  readonly canaryService: string;
  readonly rolloutId: string;
  readonly params: TParams;
}

/** What a Service of the namespace selects, as far as routers need it. @public */
export interface ServiceView {
  readonly name: string;
  readonly selector: Readonly<Record<string, string>>;
}

/** What is looked at once, at the start, to find the stable Service. @public */
export interface TrafficSurroundings {
  /** Labels of the stable's pod template. */
  readonly podLabels: Readonly<Record<string, string>>;
  /** Every Service of the namespace but ours. */
  readonly services: readonly ServiceView[];
}

/** Where the stable's traffic is, decided once at the start and kept. @public */
export interface TrafficRecord {
  /** The Service that selects the stable's pods and that the route names. */
  readonly stableService: string;
  /** What was found, to be restored, absence included; the router's own shape. */
  readonly original: JsonObject;
  /** What a person should know of the route before the start, as sentences; told then, and not kept. */
  readonly warnings?: readonly string[];
}

/** Pods that are ready now, for routers whose share is a share of pods. @public */
export interface ReadyPods {
  readonly stable: number;
  readonly canary: number;
}

/** What the route says now. @public */
export interface TrafficObservation {
  /** False when the route itself is gone; its exposure is then 0. */
  readonly found: boolean;
  /**
   * Where rules disagree, the highest. A header route is known by header and
   * value; its name is the plan's, and a router that cannot keep it may give
   * any.
   */
  readonly exposure: Exposure;
  /** Whether the route names the canary's Service, with whatever weight. */
  readonly backend: 'present' | 'absent';
  /** Whether the route's controller took over its latest generation; true where the API does not tell. */
  readonly accepted: boolean;
  /** Who did not, as sentences; shown where that is waited for. */
  readonly unaccepted?: string;
  /** Whether sessions stick to a backend, so that weight 0 is not enough to end exposure. */
  readonly sticky: boolean;
  /** Something is wrong with our share: a sentence with what was found. */
  readonly problem?: string;
}

/**
 * The desired state of our share of the route. Where the backend is absent
 * nobody reaches the canary, and nothing of ours is left.
 *
 * @public
 */
export interface TrafficIntent {
  readonly exposure: Exposure;
  readonly backend: 'present' | 'absent';
}

/** One write to one object; patches carry their own preconditions. @public */
export type TrafficWrite =
  | ObjectWrite
  | { readonly verb: 'delete'; readonly ref: ObjectRef; readonly uid: string };

/** Objects in the order of `resources`; undefined where one does not exist. @public */
export type TrafficObjects = readonly (KubernetesObject | undefined)[];

/**
 * A traffic router: pure plans over manifests. The I/O shell reads what
 * `resources` names and carries out what `plan` returns.
 *
 * Obligations, checked by `testTrafficRouter`: `plan` of an intent that is
 * already true returns no write; after its writes `observe` reads the intent
 * back; nothing but our own share changes; with the backend absent it restores
 * what `resolve` recorded, absence included; every patch tests the
 * resourceVersion it was planned on.
 *
 * @public
 */
export interface TrafficRouter<TParams = any> {
  /** Name in plans: `gateway-api`. */
  readonly kind: string;
  readonly capabilities: TrafficCapabilities;
  /** Schema of the router's own keys below `spec.traffic`. */
  readonly params: z.ZodType<TParams>;
  /** The objects it reads and writes. */
  resources(target: TrafficTarget<TParams>): readonly ObjectRef[];
  /** Finds the stable Service and records what to restore; throws `InputError` saying what is none, two or wrong. */
  resolve(
    objects: TrafficObjects,
    target: TrafficTarget<TParams>,
    surroundings: TrafficSurroundings,
  ): TrafficRecord;
  observe(
    objects: TrafficObjects,
    target: TrafficTarget<TParams>,
    record: TrafficRecord,
    pods: ReadyPods,
  ): TrafficObservation;
  /**
   * Writes that make the intent true. Throws `InputError` when the route has no
   * room for it; the start asks for every step of the plan.
   */
  plan(
    objects: TrafficObjects,
    target: TrafficTarget<TParams>,
    record: TrafficRecord,
    intent: TrafficIntent,
  ): readonly TrafficWrite[];
  /**
   * Only where scaling is the shift: canary replicas for a weight, and the
   * weight (percent, two decimals) that they really reach.
   */
  readonly scaling?: {
    replicas(weight: number, stableReplicas: number): number;
    reachableWeight(weight: number, stableReplicas: number): number;
  };
}

/** Gives a router its parameter type. @public */
export function defineTrafficRouter<TParams>(
  router: TrafficRouter<TParams>,
): TrafficRouter<TParams> {
  return router;
}

/** @public */
export interface CanaryTrafficRoutersExtensionPoint {
  /** Throws when another one has its `kind`: the module fails, and the first one stays. */
  addTrafficRouter(router: TrafficRouter): void;
}

/** @public */
export const canaryTrafficRoutersExtensionPoint =
  createExtensionPoint<CanaryTrafficRoutersExtensionPoint>({
    id: 'canary.traffic-routers',
  });
