import { IncomingMessage } from 'node:http';
import { ApiError } from '../apiError';
import { Denial } from './accessReview';
import { ResourcePath } from './requestPath';

const verbs: Readonly<Record<string, string>> = {
  POST: 'create',
  PUT: 'update',
  PATCH: 'patch',
  DELETE: 'delete',
};

/** Throws 401 when a token is required and another one, or none, was sent. */
export function authenticate(request: IncomingMessage, token?: string): void {
  if (token && request.headers.authorization !== `Bearer ${token}`) {
    throw new ApiError(401, 'Unauthorized', 'Unauthorized');
  }
}

/** Throws 403 for what the sandbox was told to deny. */
export function authorize(
  request: IncomingMessage,
  { kind, name, namespace }: ResourcePath,
  denials: readonly Denial[],
): void {
  const verb = verbs[request.method ?? ''] ?? (name ? 'get' : 'list');
  if (denials.some(d => d.verb === verb && d.resource === kind.plural)) {
    throw new ApiError(
      403,
      'Forbidden',
      `${kind.plural} "${
        name ?? ''
      }" is forbidden: User "sandbox" cannot ${verb} resource "${
        kind.plural
      }" in API group "${kind.group}" in the namespace "${namespace}"`,
      { name, group: kind.group || undefined, kind: kind.plural },
    );
  }
}
