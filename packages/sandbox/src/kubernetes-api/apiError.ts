import { qualifiedResource, ResourceKind } from './resourceKinds';

/** The body Kubernetes answers a failed request with. */
export interface StatusBody {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: {};
  status: 'Success' | 'Failure';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: { reason: string; message: string; field: string }[];
  };
  code?: number;
}

/** A request that failed the way the API server fails it. */
export class ApiError extends Error {
  readonly name = 'ApiError';

  constructor(
    readonly code: number,
    readonly reason: string,
    message: string,
    readonly details?: StatusBody['details'],
  ) {
    super(message);
  }

  get body(): StatusBody {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      details: this.details,
      code: this.code,
    };
  }
}

function detailsOf(kind: ResourceKind, name: string): StatusBody['details'] {
  return { name, group: kind.group || undefined, kind: kind.plural };
}

/** 404 */
export function notFound(kind: ResourceKind, name: string) {
  return new ApiError(
    404,
    'NotFound',
    `${qualifiedResource(kind)} "${name}" not found`,
    detailsOf(kind, name),
  );
}

/** 404 of a path that names no resource. */
export function unknownPath() {
  return new ApiError(
    404,
    'NotFound',
    'the server could not find the requested resource',
    {},
  );
}

/** 409 of a create. */
export function alreadyExists(kind: ResourceKind, name: string) {
  return new ApiError(
    409,
    'AlreadyExists',
    `${qualifiedResource(kind)} "${name}" already exists`,
    detailsOf(kind, name),
  );
}

/** 409 of a write to another object than the one that is there. */
export function conflict(kind: ResourceKind, name: string, why: string) {
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualifiedResource(
      kind,
    )} "${name}": ${why}`,
    detailsOf(kind, name),
  );
}

/** 409 of a deletion whose precondition does not hold; it names the kind, not the resource. */
export function preconditionFailed(
  kind: ResourceKind,
  name: string,
  why: string,
) {
  const owner = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  return new ApiError(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${owner} "${name}": ${why}`,
    { ...detailsOf(kind, name), kind: kind.kind },
  );
}

/** 409 of a stale resourceVersion. */
export function staleVersion(kind: ResourceKind, name: string) {
  return conflict(
    kind,
    name,
    'the object has been modified; please apply your changes to the latest version and try again',
  );
}

/** One field that is wrong. */
export interface FieldCause {
  readonly field: string;
  readonly message: string;
  readonly reason?:
    | 'FieldValueInvalid'
    | 'FieldValueRequired'
    | 'FieldValueNotSupported';
}

/** 422 */
export function invalid(
  kind: Pick<ResourceKind, 'group' | 'kind'>,
  name: string,
  causes: readonly FieldCause[],
) {
  const list = causes.map(cause => `${cause.field}: ${cause.message}`);
  const text = list.length === 1 ? list[0] : `[${list.join(', ')}]`;
  const owner = kind.group ? `${kind.kind}.${kind.group}` : kind.kind;
  return new ApiError(
    422,
    'Invalid',
    `${owner} "${name}" is invalid: ${text}`,
    {
      name,
      group: kind.group || undefined,
      kind: kind.kind,
      causes: causes.map(({ field, message, reason }) => ({
        field,
        message,
        reason: reason ?? 'FieldValueInvalid',
      })),
    },
  );
}

/** 400 */
export function badRequest(message: string) {
  return new ApiError(400, 'BadRequest', message);
}
