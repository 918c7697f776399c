import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Cluster,
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
  ObjectWrite,
  refOf,
  stringifyObjectRef,
} from 'backstage-plugin-canary-node';
import { sameJson } from '../rollout';
import { applyPatch } from './objects/applyPatch';
import { jsonCopy } from './objects/jsonCopy';

/** One request to a cluster; of verbs on a kind the ref has no name. */
export interface ClusterRequest {
  readonly verb: string;
  readonly ref: ObjectRef;
}

/** What a cluster on paper is made of. */
export interface PaperClusterOptions {
  readonly name: string;
  /** The object as it really is. */
  readonly read: (
    ref: ObjectRef,
    signal?: AbortSignal,
  ) => Promise<KubernetesObject | undefined>;
  /** Why a request fails; undefined where it does not. */
  readonly refuse?: (request: ClusterRequest) => Error | undefined;
}

/**
 * A cluster on paper: objects are those of the real one until something is
 * written to them, and every write stays here. Whoever works on it finds out
 * what they will ask of the real one.
 *
 * Lists are empty: nothing that is made here has pods.
 */
export class PaperCluster implements Cluster {
  /** Every request, in order. */
  readonly requests: ClusterRequest[] = [];
  /**
   * Writes that can be sent to the real cluster as they are: those that make an
   * object, and of every object that exists there the first change.
   */
  readonly sendable: ObjectWrite[] = [];
  private readonly written = new Map<string, KubernetesObject | undefined>();
  private writes = 0;

  constructor(private readonly options: PaperClusterOptions) {}

  get name(): string {
    return this.options.name;
  }

  /** How many writes changed something. */
  get changes(): number {
    return this.writes;
  }

  async get(ref: ObjectRef, signal?: AbortSignal) {
    this.ask('get', ref);
    return jsonCopy(await this.find(ref, signal));
  }

  async list(query: Omit<ObjectRef, 'name'>) {
    this.ask('list', ofKind(query));
    return [];
  }

  async create(object: KubernetesObject, signal?: AbortSignal) {
    const ref = refOf(object);
    this.ask('create', ofKind(ref), ref);
    if (await this.find(ref, signal)) {
      throw new ConflictError(`${stringifyObjectRef(ref)} exists`);
    }
    this.sendable.push({ verb: 'create', object: jsonCopy(object) });
    const { metadata } = object;
    const uid = `paper-${this.writes + 1}`;
    return this.write(ref, { ...object, metadata: { ...metadata, uid } });
  }

  async patch(ref: ObjectRef, patch: ObjectPatch, signal?: AbortSignal) {
    this.ask('patch', ref);
    const before = await this.find(ref, signal);
    if (!before) {
      throw new NotFoundError(`${stringifyObjectRef(ref)} does not exist`);
    }
    if (!this.written.has(keyOf(ref))) {
      this.sendable.push({ verb: 'patch', ref, patch });
    }
    const after = applyPatch(before, patch);
    if (after.metadata.resourceVersion !== before.metadata.resourceVersion) {
      throw new ConflictError(`${stringifyObjectRef(ref)} has changed`);
    }
    return sameJson(after, before) ? before : this.write(ref, after);
  }

  async delete(
    ref: ObjectRef,
    preconditions?: Parameters<Cluster['delete']>[1],
    signal?: AbortSignal,
  ) {
    this.ask('delete', ref);
    const { uid } = preconditions ?? {};
    const found = await this.find(ref, signal);
    if (!found) return;
    if (uid && uid !== found.metadata.uid) {
      throw new ConflictError(`${stringifyObjectRef(ref)} is another one`);
    }
    this.written.set(keyOf(ref), undefined);
    this.writes += 1;
  }

  async may() {
    return true;
  }

  watch(query: Omit<ObjectRef, 'name'>) {
    // A stream begins where a list ends.
    for (const verb of ['list', 'watch']) {
      try {
        this.ask(verb, ofKind(query));
      } catch {
        // Nobody is told that a watch does not open: it is only a hint.
      }
    }
  }

  async ping() {}

  private ask(verb: string, ref: ObjectRef, of = ref): void {
    this.requests.push({ verb, ref });
    const refusal = this.options.refuse?.({ verb, ref: of });
    if (refusal) throw refusal;
  }

  private async find(ref: ObjectRef, signal?: AbortSignal) {
    const key = keyOf(ref);
    return this.written.has(key)
      ? this.written.get(key)
      : this.options.read(ref, signal);
  }

  private write(ref: ObjectRef, object: KubernetesObject): KubernetesObject {
    this.writes += 1;
    const resourceVersion = `paper-${this.writes}`;
    const metadata = { ...object.metadata, resourceVersion };
    const stored = jsonCopy({ ...object, metadata });
    this.written.set(keyOf(ref), stored);
    return jsonCopy(stored);
  }
}

function ofKind({ apiVersion, kind, namespace }: Omit<ObjectRef, 'name'>) {
  return { apiVersion, kind, namespace, name: '' };
}

function keyOf({ apiVersion, kind, namespace, name }: ObjectRef): string {
  return `${apiVersion}/${kind} ${namespace}/${name}`;
}
