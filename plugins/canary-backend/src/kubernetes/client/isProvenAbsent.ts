import { ApiResponse } from './ApiConnection';

/**
 * Whether a 404 says that this very object does not exist: a `Status` of reason
 * `NotFound` whose details name it. Anything that stands before a Kubernetes
 * API, and the API itself while its aggregation is broken, answers 404 for
 * everything.
 *
 * @param name - of the object
 * @param plural - of its kind: `deployments`
 */
export function isProvenAbsent(
  { status, body }: ApiResponse,
  { name, plural }: { readonly name: string; readonly plural: string },
): boolean {
  if (status !== 404) return false;
  const { kind, reason, details } = (body ?? {}) as {
    kind?: unknown;
    reason?: unknown;
    details?: { name?: unknown; kind?: unknown } | null;
  };
  return (
    kind === 'Status' &&
    reason === 'NotFound' &&
    details?.name === name &&
    details.kind === plural
  );
}
