import { createExtensionPoint } from '@backstage/backend-plugin-api';
import { KubernetesObject, ObjectPatch, ObjectRef } from './kubernetesObject';

/**
 * One Kubernetes cluster. The methods speak of one request each: they never
 * retry, never cache, and give up when `signal` aborts.
 *
 * Errors are those of `@backstage/errors`: `ConflictError` for 409 and for a
 * failed `test` of a JSON Patch, `NotFoundError` for a write to what does not
 * exist, `NotAllowedError` for 401 and 403, `InputError` for 400 and 422,
 * `ServiceUnavailableError` when the cluster cannot be reached. No message
 * carries a credential.
 *
 * That an object does not exist is only ever said where the API names this very
 * object (a `Status` of reason `NotFound`), and that a kind does not where it
 * lists its other groups without it. Any other 404 is a
 * `ServiceUnavailableError`: a proxy in front of the API, or an API that is
 * starting, answers so for everything.
 *
 * @public
 */
export interface Cluster {
  readonly name: string;
  /** The object, or undefined when it (or its kind) is said not to exist. */
  get(
    ref: ObjectRef,
    signal?: AbortSignal,
  ): Promise<KubernetesObject | undefined>;
  /** Every object of the kind in the namespace; an unknown kind has none. */
  list(
    query: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly namespace: string;
      readonly labelSelector?: string;
    },
    signal?: AbortSignal,
  ): Promise<KubernetesObject[]>;
  create(
    object: KubernetesObject,
    signal?: AbortSignal,
  ): Promise<KubernetesObject>;
  /** A merge patch that carries `metadata.resourceVersion` is refused with `ConflictError` when it is stale. */
  patch(
    ref: ObjectRef,
    patch: ObjectPatch,
    signal?: AbortSignal,
  ): Promise<KubernetesObject>;
  /** Deletes in the background; an object that is gone already is no error. A wrong `uid` is a `ConflictError`. */
  delete(
    ref: ObjectRef,
    preconditions?: {
      readonly uid?: string;
      readonly resourceVersion?: string;
    },
    signal?: AbortSignal,
  ): Promise<void>;
  /** Whether our credentials may do this (SelfSubjectAccessReview). */
  may(verb: string, ref: ObjectRef, signal?: AbortSignal): Promise<boolean>;
  /**
   * Calls back when an object of the kind in the namespace changes, until the
   * signal aborts. Only a hint to look sooner: events may be lost or repeated.
   */
  watch(
    query: {
      readonly apiVersion: string;
      readonly kind: string;
      readonly namespace: string;
      readonly labelSelector?: string;
    },
    onChange: (object: KubernetesObject) => void,
    signal: AbortSignal,
  ): void;
  /** Resolves when the cluster answers `GET /version`, rejects otherwise. */
  ping(signal?: AbortSignal): Promise<void>;
}

/** Where clusters come from: configuration, or a module. @public */
export interface ClusterSupplier {
  /** Every cluster that is configured now; names equal those of the Kubernetes plugin. */
  clusters(): Promise<readonly Cluster[]>;
}

/** Adds clusters to those of `canary.clusters`. @public */
export interface CanaryClustersExtensionPoint {
  addClusterSupplier(supplier: ClusterSupplier): void;
}

/** @public */
export const canaryClustersExtensionPoint =
  createExtensionPoint<CanaryClustersExtensionPoint>({ id: 'canary.clusters' });
