import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
  ObjectWrite,
} from './kubernetesObject';

/** What a write that was only tried out came to: taken, or why nobody could tell. @public */
export type DryRun = 'accepted' | { readonly notTried: string };

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
  /**
   * Whether the cluster would take the write, its admission included; nothing
   * is persisted (`dryRun=All`). Rejects with the very error of the write.
   *
   * A method of its own, so that nobody who has not heard of it takes a trial
   * for the write; a cluster without it is never asked. One whose server may
   * not know what a dry run is must answer `notTried` and send nothing.
   */
  dryRun?(write: ObjectWrite, signal?: AbortSignal): Promise<DryRun>;
  /**
   * Whether our credentials may do this (SelfSubjectAccessReview). The name
   * counts for verbs on one object that exists: `create`, `list` and `watch`
   * are of the kind.
   */
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
