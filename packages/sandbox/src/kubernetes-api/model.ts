/** Metadata as the API server keeps it; the optional fields are absent, never null. */
export interface ObjectMeta {
  name: string;
  generateName?: string;
  namespace?: string;
  uid: string;
  resourceVersion: string;
  generation?: number;
  creationTimestamp: string;
  deletionTimestamp?: string;
  deletionGracePeriodSeconds?: number;
  labels?: Record<string, string>;
  annotations?: Record<string, string>;
  ownerReferences?: OwnerReference[];
  finalizers?: string[];
  managedFields?: ManagedFieldsEntry[];
}

/** Who an object belongs to; the garbage collector follows it. */
export interface OwnerReference {
  apiVersion: string;
  kind: string;
  name: string;
  uid: string;
  controller?: boolean;
  blockOwnerDeletion?: boolean;
}

/** Who wrote last; the sandbox keeps no per-field ownership. */
export interface ManagedFieldsEntry {
  manager: string;
  operation: 'Update';
  apiVersion: string;
  time: string;
  fieldsType: 'FieldsV1';
  fieldsV1: {};
  subresource?: string;
}

/** One stored object. Stored objects are never changed in place. */
export interface ApiObject<TSpec = any, TStatus = any> {
  apiVersion: string;
  kind: string;
  metadata: ObjectMeta;
  spec?: TSpec;
  status?: TStatus;
  [field: string]: any;
}

/** An object on its way in, before the server filled in its own metadata. */
export type ObjectDraft = Omit<ApiObject, 'metadata'> & {
  metadata: Partial<ObjectMeta>;
};
