import {
  ConflictError,
  InputError,
  NotAllowedError,
  NotFoundError,
  ServiceUnavailableError,
} from '@backstage/errors';
import {
  Cluster,
  DryRun,
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
  ObjectWrite,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { sameJson } from '../../rollout';
import { applyPatch } from '../objects/applyPatch';
import { jsonCopy } from '../objects/jsonCopy';
import { mergePatch } from '../objects/mergePatch';
import { parseQuery } from './parseQuery';

const KINDS = [
  'apps/v1/Deployment',
  'autoscaling/v1/HorizontalPodAutoscaler',
  'coordination.k8s.io/v1/Lease',
  'gateway.networking.k8s.io/v1/GRPCRoute',
  'gateway.networking.k8s.io/v1/HTTPRoute',
  'networking.k8s.io/v1/NetworkPolicy',
  'v1/ConfigMap',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'v1/Secret',
  'v1/Service',
];

type Query = Parameters<Cluster['list']>[0];

/**
 * A cluster of objects without anything that acts on them, for tests of what
 * we read and write. It passes `testCluster`, as real ones do.
 */
export class MemoryCluster implements Cluster {
  readonly name = 'memory';
  /** Every read and write that was asked for: `get HTTPRoute shop/checkout`, `list Service`. */
  readonly requests: string[] = [];
  /** Every write that was accepted: `patch Deployment shop/checkout`. */
  readonly writes: string[] = [];
  /** Verbs and kinds that we may not: `patch HorizontalPodAutoscaler`. */
  readonly forbidden = new Set<string>();
  /** Why an admission webhook refuses an object, in its own words; undefined where it takes it. */
  admission: (object: KubernetesObject) => string | undefined = () => undefined;
  /** Its webhook acts beyond the cluster, so that nothing can be tried out. */
  isDryRunRefused = false;
  /** What was asked of our rights: `patch Deployment`. */
  readonly reviews: string[] = [];
  /** Called once, just before the next patch: what somebody else does meanwhile. */
  beforePatch: (() => void) | undefined;
  /** Whether a create gets no answer in time, and arrives all the same: with `landLate`. */
  isLate: (object: KubernetesObject) => boolean = () => false;
  private late: KubernetesObject[] = [];
  private objects: KubernetesObject[] = [];
  private readonly watchers = new Set<(object: KubernetesObject) => void>();
  private versions = 0;

  /** Puts objects in place as others left them. */
  static with(...objects: KubernetesObject[]): MemoryCluster {
    const cluster = new MemoryCluster();
    for (const object of objects) cluster.store(object);
    return cluster;
  }

  async get(ref: ObjectRef, signal?: AbortSignal) {
    this.admit('get', ref.kind, stringifyObjectRef(ref), signal);
    return this.read(ref);
  }

  async list(query: Query, signal?: AbortSignal) {
    this.admit('list', query.kind, query.kind, signal);
    const isListed = selectionOf(query);
    return jsonCopy(this.objects.filter(isListed));
  }

  async create(object: KubernetesObject, signal?: AbortSignal) {
    const ref = refOf(object);
    const name = stringifyObjectRef(ref);
    this.admit('create', ref.kind, name, signal);
    if (this.isLate(object)) {
      this.late.push(object);
      throw new ServiceUnavailableError(`No answer to create ${name} in time`);
    }
    this.checkCreate(object);
    this.writes.push(`create ${name}`);
    return jsonCopy(this.store(object));
  }

  async dryRun(write: ObjectWrite): Promise<DryRun> {
    const { verb } = write;
    const ref = verb === 'create' ? refOf(write.object) : write.ref;
    this.admit(verb, ref.kind, `${stringifyObjectRef(ref)} in a dry run`);
    if (this.isDryRunRefused) {
      return { notTried: 'admission webhook "shop" does not support dry run' };
    }
    if (write.verb === 'create') this.checkCreate(write.object);
    else this.patched(write.ref, write.patch);
    return 'accepted';
  }

  async patch(ref: ObjectRef, patch: ObjectPatch, signal?: AbortSignal) {
    const name = stringifyObjectRef(ref);
    this.admit('patch', ref.kind, name, signal);
    const meanwhile = this.beforePatch;
    this.beforePatch = undefined;
    meanwhile?.();
    const { before, after } = this.patched(ref, patch);
    if (sameJson(after, before)) return jsonCopy(before);
    this.writes.push(`patch ${name}`);
    return jsonCopy(this.change(before, after));
  }

  async delete(
    ref: ObjectRef,
    preconditions: Parameters<Cluster['delete']>[1] = {},
    signal?: AbortSignal,
  ) {
    const name = stringifyObjectRef(ref);
    this.admit('delete', ref.kind, name, signal);
    const found = this.find(ref);
    if (!found) return;
    const { uid, resourceVersion } = preconditions;
    if (
      (uid && uid !== found.metadata.uid) ||
      (resourceVersion && resourceVersion !== found.metadata.resourceVersion)
    ) {
      throw new ConflictError(`${name} is another one`);
    }
    this.writes.push(`delete ${name}`);
    this.remove(ref);
  }

  async may(verb: string, ref: ObjectRef) {
    this.reviews.push(`${verb} ${ref.kind}`);
    return isKnown(ref) && !this.forbidden.has(`${verb} ${ref.kind}`);
  }

  watch(
    query: Query,
    onChange: (object: KubernetesObject) => void,
    signal: AbortSignal,
  ) {
    const isWatched = selectionOf(query);
    const watcher = (object: KubernetesObject) => {
      if (isWatched(object)) onChange(jsonCopy(object));
    };
    this.watchers.add(watcher);
    signal.addEventListener('abort', () => this.watchers.delete(watcher));
  }

  async ping() {}

  /** The object as it is now, without a request. */
  read(ref: ObjectRef): KubernetesObject | undefined {
    return jsonCopy(this.find(ref));
  }

  /** Somebody else makes an object. */
  put(object: KubernetesObject): void {
    this.store(object);
  }

  /** Somebody else's write: the object is changed in place. */
  edit(ref: ObjectRef, change: (object: any) => unknown): void {
    const before = this.find(ref)!;
    const after = jsonCopy(before);
    change(after);
    this.change(before, after);
  }

  /** Somebody else's write that changes something, whatever it is, and what is merged. */
  touch(ref: ObjectRef, merged: object = {}): KubernetesObject {
    const before = this.find(ref)!;
    const annotations = { touched: String(this.versions) };
    const touched = mergePatch(before, { metadata: { annotations } }, 'merge');
    const after = mergePatch(touched, merged, 'merge') as KubernetesObject;
    return jsonCopy(this.change(before, after));
  }

  /** Somebody else's delete. */
  remove(ref: ObjectRef): void {
    const found = this.find(ref);
    if (!found) return;
    this.objects = this.objects.filter(object => object !== found);
    this.tell(found);
  }

  /** What got no answer arrives now, where its name is free. */
  landLate(): void {
    for (const object of this.late.splice(0)) {
      if (!this.find(refOf(object))) this.store(object);
    }
  }

  /** The garbage collector removes what has lost all its owners. */
  collectGarbage(): void {
    const uids = new Set(this.objects.map(({ metadata }) => metadata.uid));
    const orphan = this.objects.find(
      ({ metadata: { ownerReferences = [] } }) =>
        ownerReferences.length > 0 &&
        ownerReferences.every(({ uid }) => !uids.has(uid)),
    );
    if (!orphan) return;
    this.remove(refOf(orphan));
    this.collectGarbage();
  }

  private checkCreate(object: KubernetesObject) {
    const ref = refOf(object);
    if (!isKnown(ref)) throw new NotFoundError(`There is no kind ${ref.kind}`);
    if (this.find(ref)) {
      throw new ConflictError(`${stringifyObjectRef(ref)} exists`);
    }
    this.askWebhook(object);
  }

  /** An object before a patch and after it; nothing is stored. */
  private patched(ref: ObjectRef, patch: ObjectPatch) {
    const name = stringifyObjectRef(ref);
    const before = this.find(ref);
    if (!before) throw new NotFoundError(`${name} is gone`);
    const after = applyPatch(before, patch);
    if (after.metadata.resourceVersion !== before.metadata.resourceVersion) {
      throw new ConflictError(`${name} has changed`);
    }
    if (Number(after.spec?.replicas ?? 0) < 0) {
      throw new InputError('spec.replicas must not be negative');
    }
    if (!sameJson(after, before)) this.askWebhook(after);
    return { before, after };
  }

  private askWebhook(object: KubernetesObject) {
    const refusal = this.admission(object);
    if (refusal === undefined) return;
    throw new NotAllowedError(
      `admission webhook "shop" denied the request: ${refusal}`,
    );
  }

  private find(ref: ObjectRef): KubernetesObject | undefined {
    return this.objects.find(
      ({ kind, metadata }) =>
        kind === ref.kind &&
        metadata.namespace === ref.namespace &&
        metadata.name === ref.name,
    );
  }

  private store(object: KubernetesObject): KubernetesObject {
    const uid = object.metadata.uid ?? `uid-${this.versions + 1}`;
    const manager = { manager: 'backstage-canary' };
    const copy = jsonCopy(object);
    const made = {
      ...copy,
      metadata: { ...copy.metadata, uid, managedFields: [manager] },
    };
    return this.replace(made, 1);
  }

  private change(before: KubernetesObject, after: KubernetesObject) {
    const { generation = 0 } = before.metadata;
    const grown = sameJson(after.spec, before.spec) ? 0 : 1;
    return this.replace(after, generation + grown);
  }

  private replace(object: KubernetesObject, generation: number) {
    this.versions += 1;
    const { metadata } = object;
    const stored = {
      ...object,
      metadata: {
        ...metadata,
        generation,
        resourceVersion: String(this.versions),
      },
    };
    this.objects = [
      ...this.objects.filter(other => other.metadata.uid !== metadata.uid),
      stored,
    ];
    this.tell(stored);
    return stored;
  }

  private tell(object: KubernetesObject) {
    for (const watcher of this.watchers) watcher(object);
  }

  private admit(
    verb: string,
    kind: string,
    what: string,
    signal?: AbortSignal,
  ) {
    signal?.throwIfAborted();
    this.requests.push(`${verb} ${what}`);
    if (this.forbidden.has(`${verb} ${kind}`)) {
      throw new NotAllowedError(`You may not ${verb} ${kind} objects`);
    }
  }
}

function isKnown({ apiVersion, kind }: ObjectRef): boolean {
  return KINDS.includes(`${apiVersion}/${kind}`);
}

/** Whether an object is among what a list or a watch asks for. */
function selectionOf({ kind, namespace, labelSelector = '' }: Query) {
  const hasLabels = parseQuery(labelSelector);
  return (object: KubernetesObject) =>
    object.kind === kind &&
    object.metadata.namespace === namespace &&
    hasLabels(object.metadata.labels ?? {});
}
