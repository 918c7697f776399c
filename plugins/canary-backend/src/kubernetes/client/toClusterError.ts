import {
  ConflictError,
  InputError,
  NotAllowedError,
  ServiceUnavailableError,
} from '@backstage/errors';
import { ApiResponse } from './ApiConnection';
import { oneLine } from './describeFailure';

/**
 * The error of an answer other than 2xx, after the promise of `Cluster`. A 404
 * is no proof that anything is absent: who found that proof does not ask here.
 *
 * @param doing - what was asked: `patch Deployment shop/checkout`
 * @param options.testing - the request was a JSON Patch with a `test`
 */
export function toClusterError(
  cluster: string,
  doing: string,
  response: ApiResponse,
  options: { readonly testing?: boolean } = {},
): Error {
  const { status } = response;
  const said = readStatus(response.body);
  const why = said.message ? `: ${said.message}` : '';
  const message = `Cluster "${cluster}" refused to ${doing} with status ${status}${why}`;
  switch (status) {
    case 401:
    case 403:
      return new NotAllowedError(message);
    case 404:
      return new ServiceUnavailableError(
        `${message}; that does not say that it is gone`,
      );
    case 409:
      return new ConflictError(message);
    case 400:
      return new InputError(message);
    case 422:
      // kube-apiserver answers a failed `test` with 422 and no cause, and an
      // object that its validation refuses with 422 and the causes.
      return options.testing && !said.hasCauses
        ? new ConflictError(message)
        : new InputError(message);
    default:
      return new ServiceUnavailableError(message);
  }
}

/** What a `Status` of the Kubernetes API says; nothing where it is none. */
function readStatus(body: unknown): { message?: string; hasCauses: boolean } {
  const { kind, message, details } = (body ?? {}) as {
    kind?: unknown;
    message?: unknown;
    details?: { causes?: unknown };
  };
  // Anything else may be a proxy's page, which may quote our request.
  if (kind !== 'Status') return { hasCauses: false };
  const causes = details?.causes;
  return {
    message: typeof message === 'string' ? oneLine(message) : undefined,
    hasCauses: Array.isArray(causes) && causes.length > 0,
  };
}
