import { JsonObject, JsonValue } from 'backstage-plugin-canary-common';

/** Names one object of one cluster. @public */
export interface ObjectRef {
  readonly apiVersion: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The part of an object's metadata that the canary packages read or write. @public */
export interface ObjectMetadata {
  readonly name: string;
  readonly namespace?: string;
  readonly uid?: string;
  readonly resourceVersion?: string;
  readonly generation?: number;
  readonly creationTimestamp?: string;
  readonly deletionTimestamp?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly ownerReferences?: readonly {
    readonly apiVersion: string;
    readonly kind: string;
    readonly name: string;
    readonly uid: string;
    readonly controller?: boolean;
  }[];
  readonly managedFields?: readonly {
    readonly manager?: string;
    readonly operation?: string;
    readonly time?: string;
  }[];
}

/** A Kubernetes object as JSON: hostile until read field by field. @public */
export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ObjectMetadata;
  readonly spec?: JsonObject;
  readonly status?: JsonObject;
  readonly [key: string]: unknown;
}

/** One operation of RFC 6902. @public */
export interface JsonPatchOperation {
  readonly op: 'add' | 'remove' | 'replace' | 'test';
  readonly path: string;
  readonly value?: JsonValue;
}

/** A change of one existing object. @public */
export type ObjectPatch =
  | { readonly type: 'json'; readonly body: readonly JsonPatchOperation[] }
  | { readonly type: 'merge' | 'strategic'; readonly body: JsonObject };

/** A write that makes one object or changes it; a patch carries its own preconditions. @public */
export type ObjectWrite =
  | { readonly verb: 'create'; readonly object: KubernetesObject }
  | {
      readonly verb: 'patch';
      readonly ref: ObjectRef;
      readonly patch: ObjectPatch;
    };

/** Names an object that was read. @public */
export function refOf({
  apiVersion,
  kind,
  metadata: { namespace = '', name },
}: KubernetesObject): ObjectRef {
  return { apiVersion, kind, namespace, name };
}

/** `Kind namespace/name`, for messages. @public */
export function stringifyObjectRef(ref: ObjectRef): string {
  return `${ref.kind} ${ref.namespace}/${ref.name}`;
}
