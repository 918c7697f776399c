import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { Clock, timestamp } from '../clock';
import {
  alreadyExists,
  badRequest,
  conflict,
  invalid,
  notFound,
  preconditionFailed,
  staleVersion,
} from './apiError';
import { withDefaults } from './defaults';
import { withManager } from './managedFields';
import { DryRunStore } from './DryRunStore';
import { ApiObject, ObjectDraft } from './model';
import { ObjectStore } from './ObjectStore';
import { randomSuffix } from './randomSuffix';
import { apiVersionOf, kindNamed, ResourceKind } from './resourceKinds';
import { validate } from './validation';

/** How an object is to be deleted. */
export interface DeleteOptions {
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly gracePeriodSeconds?: number;
  readonly propagationPolicy?: 'Background' | 'Foreground' | 'Orphan';
}

export const foregroundFinalizer = 'foregroundDeletion';
export const orphanFinalizer = 'orphan';

/**
 * The rules of the API server over the store: metadata, defaults, validation,
 * preconditions, generation, graceful deletion. The HTTP side and the
 * controllers write through here, so both obey the same rules. Every method is
 * synchronous: a read followed by a write cannot be interleaved.
 */
export class Registry {
  constructor(readonly store: ObjectStore, readonly clock: Clock) {}

  /** The same rules, and nothing that is written is kept. */
  triedOut(): Registry {
    return new Registry(new DryRunStore(this.store), this.clock);
  }

  /** The object; throws 404. */
  read(kind: ResourceKind, namespace: string, name: string): ApiObject {
    const object = this.store.get(kind, namespace, name);
    if (!object) throw notFound(kind, name);
    return object;
  }

  create(
    kind: ResourceKind,
    namespace: string,
    draft: ObjectDraft,
    manager = 'sandbox',
  ): ApiObject {
    const { generateName } = draft.metadata;
    const name =
      draft.metadata.name ||
      (generateName ? `${generateName}${randomSuffix()}` : '');
    if (!name) {
      throw invalid(kind, '', [
        {
          field: 'metadata.name',
          message: 'Required value: name or generateName is required',
          reason: 'FieldValueRequired',
        },
      ]);
    }
    if (kind.namespaced) this.checkNamespace(namespace, draft);
    if (this.store.get(kind, namespace, name)) throw alreadyExists(kind, name);
    const { resourceVersion, ...metadata } = draft.metadata;
    if (resourceVersion) {
      throw badRequest(
        'resourceVersion should not be set on objects to be created',
      );
    }
    const object = asJson(
      withDefaults({
        ...draft,
        ...(kind.status && { status: {} }),
        apiVersion: apiVersionOf(kind),
        kind: kind.kind,
        metadata: {
          ...metadata,
          name,
          ...(kind.namespaced && { namespace }),
          uid: randomUUID(),
          resourceVersion: '',
          creationTimestamp: timestamp(this.clock),
          ...(kind.generation && { generation: 1 }),
        },
      }),
    );
    validate(kind, object);
    return this.store.put(kind, withManager(object, manager, this.clock));
  }

  /**
   * Replaces the object by what `change` makes of it. Status is kept, server
   * metadata cannot be changed, an equal object is not written. Throws 409 when
   * the result carries another resourceVersion or uid than the stored one.
   */
  update(
    kind: ResourceKind,
    namespace: string,
    name: string,
    change: (object: ApiObject) => ApiObject,
    manager = 'sandbox',
  ): ApiObject {
    const previous = this.read(kind, namespace, name);
    const wanted = this.checkedAgainst(kind, previous, change(previous));
    const next = asJson(
      withDefaults({
        ...wanted,
        ...(kind.status && { status: previous.status }),
        metadata: serverMetadata(previous, wanted),
      }),
    );
    validate(kind, next, previous);
    if (isDeepStrictEqual(next, previous)) return previous;
    if (kind.generation && bumpsGeneration(kind, previous, next)) {
      next.metadata.generation = (previous.metadata.generation ?? 0) + 1;
    }
    const stored = this.store.put(kind, withManager(next, manager, this.clock));
    return this.removeWhenFinal(kind, stored);
  }

  /** Replaces the status alone (annotations too, as controllers may). */
  updateStatus(
    kind: ResourceKind,
    namespace: string,
    name: string,
    change: (object: ApiObject) => ApiObject,
    manager = 'sandbox',
  ): ApiObject {
    const previous = this.read(kind, namespace, name);
    const wanted = this.checkedAgainst(kind, previous, change(previous));
    const next = asJson({
      ...previous,
      status: wanted.status,
      metadata: {
        ...previous.metadata,
        ...(wanted.metadata.annotations && {
          annotations: wanted.metadata.annotations,
        }),
      },
    });
    if (isDeepStrictEqual(next, previous)) return previous;
    return this.store.put(
      kind,
      withManager(next, manager, this.clock, 'status'),
    );
  }

  /**
   * Deletes at once, or marks the object as being deleted while a finalizer or
   * a pod's grace period holds it. Returns what was marked or removed.
   */
  delete(
    kind: ResourceKind,
    namespace: string,
    name: string,
    options: DeleteOptions = {},
  ): ApiObject {
    const object = this.read(kind, namespace, name);
    const { uid, resourceVersion } = object.metadata;
    if (options.uid && options.uid !== uid) {
      throw preconditionFailed(
        kind,
        name,
        `the UID in the precondition (${options.uid}) does not match the UID in record (${uid}). The object might have been deleted and then recreated`,
      );
    }
    if (
      options.resourceVersion &&
      options.resourceVersion !== resourceVersion
    ) {
      throw preconditionFailed(
        kind,
        name,
        `the ResourceVersion in the precondition (${options.resourceVersion}) does not match the ResourceVersion in record (${resourceVersion}). The object might have been modified`,
      );
    }
    const finalizers = new Set(object.metadata.finalizers);
    if (options.propagationPolicy === 'Foreground') {
      finalizers.add(foregroundFinalizer);
    }
    if (options.propagationPolicy === 'Orphan') finalizers.add(orphanFinalizer);
    const graceSeconds =
      kind.kind === 'Pod'
        ? options.gracePeriodSeconds ??
          object.spec.terminationGracePeriodSeconds ??
          30
        : 0;
    if (finalizers.size === 0 && graceSeconds === 0) {
      return this.store.remove(kind, object);
    }
    if (object.metadata.deletionTimestamp) return object;
    return this.store.put(kind, {
      ...object,
      metadata: {
        ...object.metadata,
        ...(finalizers.size > 0 && { finalizers: [...finalizers] }),
        ...(kind.generation && {
          generation: (object.metadata.generation ?? 0) + 1,
        }),
        deletionTimestamp: timestamp(this.clock),
        deletionGracePeriodSeconds: graceSeconds,
      },
    });
  }

  private removeWhenFinal(kind: ResourceKind, object: ApiObject): ApiObject {
    const { deletionTimestamp, finalizers } = object.metadata;
    return deletionTimestamp && !finalizers?.length && kind.kind !== 'Pod'
      ? this.store.remove(kind, object)
      : object;
  }

  private checkNamespace(namespace: string, draft: ObjectDraft) {
    const said = draft.metadata.namespace;
    if (said && said !== namespace) {
      throw badRequest(
        `the namespace of the provided object does not match the namespace sent on the request`,
      );
    }
    this.read(kindNamed('Namespace'), '', namespace);
  }

  private checkedAgainst(
    kind: ResourceKind,
    previous: ApiObject,
    wanted: ApiObject,
  ): ApiObject {
    const { name, uid, resourceVersion } = wanted.metadata ?? {};
    if (name !== previous.metadata.name) {
      throw badRequest(
        `the name of the object (${name}) does not match the name on the URL (${previous.metadata.name})`,
      );
    }
    if (uid && uid !== previous.metadata.uid) {
      throw conflict(
        kind,
        name,
        `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${previous.metadata.uid}`,
      );
    }
    if (
      resourceVersion &&
      resourceVersion !== previous.metadata.resourceVersion
    ) {
      throw staleVersion(kind, name);
    }
    if (kind.custom && !resourceVersion) {
      throw invalid(kind, name, [
        {
          field: 'metadata.resourceVersion',
          message: 'Invalid value: 0x0: must be specified for an update',
        },
      ]);
    }
    return wanted;
  }
}

function serverMetadata(previous: ApiObject, wanted: ApiObject) {
  const { metadata } = previous;
  const next = {
    ...wanted.metadata,
    name: metadata.name,
    namespace: metadata.namespace,
    uid: metadata.uid,
    resourceVersion: metadata.resourceVersion,
    creationTimestamp: metadata.creationTimestamp,
    generation: metadata.generation,
    deletionTimestamp: metadata.deletionTimestamp,
    deletionGracePeriodSeconds: metadata.deletionGracePeriodSeconds,
    managedFields: metadata.managedFields,
  };
  const present = Object.entries(next).filter(
    ([key, value]) =>
      value !== undefined && !(isEmpty(value) && key !== 'name'),
  );
  return Object.fromEntries(present) as unknown as ApiObject['metadata'];
}

/** A copy as it would come over the wire: nothing undefined, nothing shared. */
function asJson(object: ApiObject): ApiObject {
  return JSON.parse(JSON.stringify(object));
}

/** Empty maps and lists of metadata are dropped, as Go's `omitempty` does. */
function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    (typeof value === 'object' && Object.keys(value as object).length === 0)
  );
}

function bumpsGeneration(
  kind: ResourceKind,
  previous: ApiObject,
  next: ApiObject,
): boolean {
  return (
    !isDeepStrictEqual(previous.spec, next.spec) ||
    (kind.generation === 'specAndAnnotations' &&
      !isDeepStrictEqual(
        previous.metadata.annotations,
        next.metadata.annotations,
      ))
  );
}
