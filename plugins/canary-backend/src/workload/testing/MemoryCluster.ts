import { ConflictError, InputError, NotFoundError } from '@backstage/errors';
import {
  Cluster,
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { applyPatch, JsonPatchError, Operation } from 'fast-json-patch';
import { mergePatch } from './mergePatch';
import { parseQuery } from './parseQuery';

const KINDS = [
  'apps/v1/Deployment',
  'autoscaling/v1/HorizontalPodAutoscaler',
  'networking.k8s.io/v1/NetworkPolicy',
  'v1/ConfigMap',
  'v1/PersistentVolumeClaim',
  'v1/Pod',
  'v1/Secret',
  'v1/Service',
];

type Key = Pick<ObjectRef, 'apiVersion' | 'kind' | 'namespace'>;

/**
 * A cluster of objects without anything that acts on them, for tests of what
 * we write. It passes `testCluster`.
 */
export class MemoryCluster implements Cluster {
  readonly name = 'memory';
  /** Every write that was accepted, in words: `patch Deployment shop/checkout`. */
  readonly writes: string[] = [];
  /** Verbs and kinds that we may not: `patch HorizontalPodAutoscaler`. */
  readonly forbidden = new Set<string>();
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
    this.assertAllowed('get', ref, signal);
    return structuredClone(this.find(ref));
  }

  async list(query: Parameters<Cluster['list']>[0], signal?: AbortSignal) {
    this.assertAllowed('list', query, signal);
    const selects = parseQuery(query.labelSelector ?? '');
    const found = this.objects.filter(
      object =>
        object.kind === query.kind &&
        object.metadata.namespace === query.namespace &&
        selects(object.metadata.labels ?? {}),
    );
    return structuredClone(found);
  }

  async create(object: KubernetesObject, signal?: AbortSignal) {
    const { apiVersion, kind, metadata } = object;
    const ref = {
      apiVersion,
      kind,
      namespace: metadata.namespace ?? '',
      name: metadata.name,
    };
    this.assertAllowed('create', ref, signal);
    assertKnown(ref);
    if (this.find(ref)) {
      throw new ConflictError(`${stringifyObjectRef(ref)} exists`);
    }
    this.writes.push(`create ${stringifyObjectRef(ref)}`);
    return structuredClone(this.store(object));
  }

  async patch(ref: ObjectRef, patch: ObjectPatch, signal?: AbortSignal) {
    this.assertAllowed('patch', ref, signal);
    const before = this.find(ref);
    if (!before) throw new NotFoundError(`${stringifyObjectRef(ref)} is gone`);
    const after = patched(before, patch);
    if (after.metadata.resourceVersion !== before.metadata.resourceVersion) {
      throw new ConflictError(`${stringifyObjectRef(ref)} has changed`);
    }
    if (Number(after.spec?.replicas ?? 0) < 0) {
      throw new InputError('spec.replicas must not be negative');
    }
    if (JSON.stringify(after) === JSON.stringify(before)) return before;
    this.writes.push(`patch ${stringifyObjectRef(ref)}`);
    const grown = JSON.stringify(after.spec) !== JSON.stringify(before.spec);
    return structuredClone(
      this.replace(after, (before.metadata.generation ?? 0) + (grown ? 1 : 0)),
    );
  }

  async delete(
    ref: ObjectRef,
    preconditions: Parameters<Cluster['delete']>[1] = {},
    signal?: AbortSignal,
  ) {
    this.assertAllowed('delete', ref, signal);
    const found = this.find(ref);
    if (!found) return;
    const { uid, resourceVersion } = preconditions;
    if (
      (uid && uid !== found.metadata.uid) ||
      (resourceVersion && resourceVersion !== found.metadata.resourceVersion)
    ) {
      throw new ConflictError(`${stringifyObjectRef(ref)} is another one`);
    }
    this.writes.push(`delete ${stringifyObjectRef(ref)}`);
    this.objects = this.objects.filter(object => object !== found);
    this.tell(found);
  }

  async may(verb: string, ref: ObjectRef) {
    return isKnown(ref) && !this.forbidden.has(`${verb} ${ref.kind}`);
  }

  watch(
    query: Parameters<Cluster['watch']>[0],
    onChange: (object: KubernetesObject) => void,
    signal: AbortSignal,
  ) {
    const selects = parseQuery(query.labelSelector ?? '');
    const watcher = (object: KubernetesObject) => {
      const { namespace, labels = {} } = object.metadata;
      if (object.kind !== query.kind || namespace !== query.namespace) return;
      if (selects(labels)) onChange(structuredClone(object));
    };
    this.watchers.add(watcher);
    signal.addEventListener('abort', () => this.watchers.delete(watcher));
  }

  async ping() {}

  /** Somebody else's write. */
  async touch(ref: ObjectRef, body: object = {}): Promise<KubernetesObject> {
    const annotations = { touched: String(this.versions) };
    const touched = await this.patch(ref, {
      type: 'merge',
      body: { metadata: { annotations }, ...body },
    });
    this.writes.pop();
    return touched;
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
    const copy = structuredClone(object);
    const made = {
      ...copy,
      metadata: { ...copy.metadata, uid, managedFields: [manager] },
    };
    return this.replace(made, 1);
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

  private assertAllowed(verb: string, of: Key, signal?: AbortSignal) {
    signal?.throwIfAborted();
    if (!this.forbidden.has(`${verb} ${of.kind}`)) return;
    const error = new Error(`You may not ${verb} ${of.kind} objects`);
    error.name = 'NotAllowedError';
    throw error;
  }
}

function isKnown({ apiVersion, kind }: Key): boolean {
  return KINDS.includes(`${apiVersion}/${kind}`);
}

function assertKnown(of: Key) {
  if (!isKnown(of)) throw new NotFoundError(`There is no kind ${of.kind}`);
}

function patched(before: KubernetesObject, patch: ObjectPatch) {
  if (patch.type !== 'json') {
    return mergePatch(before, patch.body, patch.type) as KubernetesObject;
  }
  try {
    const operations = structuredClone(patch.body) as Operation[];
    return applyPatch(structuredClone(before), operations, true).newDocument;
  } catch (error) {
    if (!(error instanceof JsonPatchError)) throw error;
    throw new ConflictError(`The patch does not apply: ${error.name}`);
  }
}
