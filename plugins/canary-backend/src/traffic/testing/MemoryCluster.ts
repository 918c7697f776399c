import { ConflictError, NotFoundError } from '@backstage/errors';
import {
  Cluster,
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
} from 'backstage-plugin-canary-node';
import { applyPatch } from './applyPatch';

/** A cluster of a few objects that counts requests and answers 409 as a real one does. */
export class MemoryCluster implements Cluster {
  readonly name = 'memory';
  readonly requests: string[] = [];
  readonly forbidden: string[] = [];
  /** Called before the next patch is carried out, for what happens in between. */
  beforePatch: (() => void) | undefined;

  constructor(private objects: readonly KubernetesObject[]) {}

  /** The object as it is now. */
  read(kind: string, name: string): KubernetesObject | undefined {
    return this.objects.find(
      one => one.kind === kind && one.metadata.name === name,
    );
  }

  /** Somebody else's write. */
  edit(
    kind: string,
    name: string,
    change: (object: any) => KubernetesObject | void,
  ): void {
    const copy = JSON.parse(JSON.stringify(this.read(kind, name)));
    this.replace(change(copy) ?? copy);
  }

  /** Somebody else's delete. */
  drop(kind: string, name: string): void {
    const gone = this.read(kind, name);
    this.objects = this.objects.filter(one => one !== gone);
  }

  async get({ kind, name }: ObjectRef) {
    this.requests.push(`get ${kind}/${name}`);
    return this.read(kind, name);
  }

  async list({ kind }: { readonly kind: string }) {
    this.requests.push(`list ${kind}`);
    return this.objects.filter(one => one.kind === kind);
  }

  async patch({ kind, name }: ObjectRef, patch: ObjectPatch) {
    this.requests.push(`patch ${kind}/${name}`);
    const between = this.beforePatch;
    this.beforePatch = undefined;
    between?.();
    const object = this.read(kind, name);
    if (!object) throw new NotFoundError(`${kind} ${name} does not exist`);
    try {
      return this.replace(applyPatch(object, patch));
    } catch (error) {
      throw new ConflictError(`${kind} ${name} changed`, error);
    }
  }

  async may(verb: string, { kind }: ObjectRef) {
    return !this.forbidden.includes(`${verb} ${kind}`);
  }

  async create(): Promise<never> {
    throw new Error('No object is created by these routers');
  }

  async delete(): Promise<never> {
    throw new Error('No object is deleted by these routers');
  }

  watch() {}

  async ping() {}

  private replace(object: KubernetesObject): KubernetesObject {
    const { kind, metadata } = object;
    const before = this.read(kind, metadata.name);
    const resourceVersion = String(
      Number(before?.metadata.resourceVersion ?? 0) + 1,
    );
    const after = { ...object, metadata: { ...metadata, resourceVersion } };
    this.objects = this.objects.map(one => (one === before ? after : one));
    return after;
  }
}
