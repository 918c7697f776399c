/* eslint-disable @backstage/no-relative-monorepo-imports -- patches and selectors of the repository's own memory cluster */
import {
  KubernetesObject,
  ObjectPatch,
  ObjectRef,
} from 'backstage-plugin-canary-node';
import { ApiResponse } from '../../../../plugins/canary-backend/src/kubernetes/client/ApiConnection';
import { applyPatch } from '../../../../plugins/canary-backend/src/kubernetes/objects/applyPatch';
import { parseQuery } from '../../../../plugins/canary-backend/src/kubernetes/testing/parseQuery';
import { sameJson } from '../../../../plugins/canary-backend/src/rollout';

/** Names of kinds in paths. */
export const PLURALS: Readonly<Record<string, string>> = {
  Deployment: 'deployments',
  Service: 'services',
  Lease: 'leases',
  Pod: 'pods',
  HTTPRoute: 'httproutes',
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
};

/** A change that was made. */
export interface Write {
  readonly verb: 'create' | 'patch' | 'delete';
  readonly ref: ObjectRef;
  readonly before?: KubernetesObject;
  readonly after?: KubernetesObject;
  /** A replica of ours, or who else it was. */
  readonly by: string;
  readonly isOurs: boolean;
  /** When its request was sent. */
  readonly sentAt: number;
  readonly at: number;
  /** Whether the request named the version that it changes. */
  readonly isConditional: boolean;
}

type Query = {
  readonly kind: string;
  readonly namespace: string;
  readonly labelSelector?: string;
};

const VERSION_PATH = '/metadata/resourceVersion';

const other = (by: string) => ({ by, isOurs: false });

const keyOf = ({
  kind,
  namespace,
  name,
}: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>) =>
  `${kind} ${namespace}/${name}`;

/**
 * Objects of one cluster behind an API: resourceVersions, generations, uids,
 * conflicts and the words of `Status`. Objects are frozen and handed out as they
 * are, for speed; who changes one has it replaced.
 */
export class ApiServer {
  private readonly objects = new Map<string, KubernetesObject>();
  private readonly listeners: ((write: Write) => void)[] = [];
  private versions = 100;

  constructor(private readonly now: () => number) {}

  /** Called with every change, whoever made it. */
  onWrite(listener: (write: Write) => void): void {
    this.listeners.push(listener);
  }

  read(ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>) {
    return this.objects.get(keyOf(ref));
  }

  select({ kind, namespace, labelSelector = '' }: Query): KubernetesObject[] {
    const isListed = labelSelector ? parseQuery(labelSelector) : () => true;
    const found: KubernetesObject[] = [];
    for (const object of this.objects.values()) {
      if (
        object.kind === kind &&
        object.metadata.namespace === namespace &&
        isListed(object.metadata.labels ?? {})
      ) {
        found.push(object);
      }
    }
    return found;
  }

  get(ref: ObjectRef): ApiResponse {
    const found = this.read(ref);
    return found ? { status: 200, body: found } : absent(ref);
  }

  list(query: Query): ApiResponse {
    return { status: 200, body: { items: this.select(query) } };
  }

  create(object: KubernetesObject, by: Author): ApiResponse {
    const { kind, metadata } = object;
    const ref = refTo(object);
    if (this.read(ref)) {
      return refusal(409, `${PLURALS[kind]} "${metadata.name}" already exists`);
    }
    const stored = this.store({
      ...object,
      metadata: { ...metadata, uid: `uid-${++this.versions}`, generation: 1 },
    });
    this.tell({
      verb: 'create',
      ref,
      after: stored,
      ...by,
      isConditional: true,
    });
    return { status: 201, body: stored };
  }

  patch(ref: ObjectRef, patch: ObjectPatch, by: Author): ApiResponse {
    const before = this.read(ref);
    if (!before) return absent(ref);
    let after: KubernetesObject;
    try {
      after = applyPatch(before, patch);
    } catch {
      return refusal(422, 'the server rejected our request: a test failed');
    }
    const { resourceVersion } = before.metadata;
    if (after.metadata.resourceVersion !== resourceVersion) {
      return refusal(409, 'the object has been modified');
    }
    if (Number(after.spec?.replicas ?? 0) < 0) {
      const causes = [{ field: 'spec.replicas', message: 'must be positive' }];
      return refusal(422, 'Invalid value', { causes });
    }
    if (sameJson(after, before)) return { status: 200, body: before };
    const isConditional =
      patch.type === 'json'
        ? patch.body.some(
            ({ op, path }) => op === 'test' && path === VERSION_PATH,
          )
        : Object(patch.body.metadata).resourceVersion !== undefined;
    const stored = this.replace(before, after);
    this.tell({
      verb: 'patch',
      ref,
      before,
      after: stored,
      ...by,
      isConditional,
    });
    return { status: 200, body: stored };
  }

  delete(
    ref: ObjectRef,
    preconditions: { readonly uid?: string; readonly resourceVersion?: string },
    by: Author,
  ): ApiResponse {
    const before = this.read(ref);
    if (!before) return absent(ref);
    const { uid, resourceVersion } = preconditions;
    const { metadata } = before;
    if (
      (uid && uid !== metadata.uid) ||
      (resourceVersion && resourceVersion !== metadata.resourceVersion)
    ) {
      return refusal(409, 'the UID in the precondition does not match');
    }
    this.objects.delete(keyOf(ref));
    const isConditional = uid !== undefined;
    this.tell({ verb: 'delete', ref, before, ...by, isConditional });
    return { status: 200, body: { kind: 'Status', status: 'Success' } };
  }

  /** A change by somebody else than us, who reads and writes in one go; none where there is no such object. */
  edit(
    by: string,
    ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>,
    change: (object: any) => void,
  ): void {
    const before = this.read(ref);
    if (!before) return;
    const after = copyOf(before);
    change(after);
    if (sameJson(after, before)) return;
    const stored = this.replace(before, after);
    this.tell({
      verb: 'patch',
      ref: refTo(before),
      before,
      after: stored,
      ...other(by),
      sentAt: 0,
      isConditional: true,
    });
  }

  /** Puts an object there as somebody else made it. */
  make(by: string, object: KubernetesObject): void {
    this.create(object, { ...other(by), sentAt: 0 });
  }

  /** Somebody else's delete. */
  remove(
    by: string,
    ref: Pick<ObjectRef, 'kind' | 'namespace' | 'name'>,
  ): void {
    this.delete({ apiVersion: '', ...ref }, {}, { ...other(by), sentAt: 0 });
  }

  private replace(before: KubernetesObject, after: KubernetesObject) {
    const { generation = 1, uid } = before.metadata;
    const grown = sameJson(before.spec, after.spec) ? 0 : 1;
    return this.store({
      ...after,
      metadata: { ...after.metadata, uid, generation: generation + grown },
    });
  }

  private store(object: KubernetesObject): KubernetesObject {
    const resourceVersion = String(++this.versions);
    const copy = copyOf(object);
    const stored = frozen({
      ...copy,
      metadata: { ...copy.metadata, resourceVersion },
    });
    this.objects.set(keyOf(refTo(stored)), stored);
    return stored;
  }

  private tell(told: Omit<Write, 'at'>): void {
    const write = { ...told, at: this.now() };
    for (const listener of this.listeners) listener(write);
  }
}

/** Who writes, and when the request was sent. */
export type Author = Pick<Write, 'by' | 'isOurs' | 'sentAt'>;

function refTo({ apiVersion, kind, metadata }: KubernetesObject): ObjectRef {
  const { namespace = '', name } = metadata;
  return { apiVersion, kind, namespace, name };
}

/** The word of an API server that this very object does not exist. */
export function absent({
  kind,
  name,
}: Pick<ObjectRef, 'kind' | 'name'>): ApiResponse {
  const details = { name, kind: PLURALS[kind] };
  const message = `${PLURALS[kind]} "${name}" not found`;
  return {
    status: 404,
    body: { kind: 'Status', reason: 'NotFound', message, details },
  };
}

/** A `Status` that refuses. */
export function refusal(
  status: number,
  message: string,
  details?: object,
): ApiResponse {
  return { status, body: { kind: 'Status', message, details } };
}

function copyOf<T>(value: T): T {
  return JSON.parse(JSON.stringify(value));
}

function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}
