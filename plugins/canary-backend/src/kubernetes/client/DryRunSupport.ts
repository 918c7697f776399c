import { ApiConnection, ApiResponse } from './ApiConnection';

const REVIEWS = '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews';

/** No value of `dryRun` that any server knows. */
const NO_SUCH_DRY_RUN = 'ask-whether-this-is-read';

/**
 * Whether a server reads the option `dryRun`. One that does not would carry the
 * write out, so nothing is tried before it is proven: by an access review,
 * which no server ever keeps, with a value of the option that does not exist. A
 * server that reads it refuses the request and names the option, Kubernetes
 * since 1.13; any other answer is no proof, and whoever stands before the
 * server and drops the option is found out as well.
 *
 * What does not prove it: the version, which proxies and stand-ins repeat; a
 * dry run that is accepted; the OpenAPI document, which is megabytes, and says
 * nothing of who stands before the server.
 *
 * Only a proof is remembered, for as long as the configuration names the server.
 */
export class DryRunSupport {
  private isProven = false;

  constructor(private readonly connection: Pick<ApiConnection, 'send'>) {}

  async isKnown(signal?: AbortSignal): Promise<boolean> {
    this.isProven ||= namesTheOption(
      await this.connection.send({
        method: 'POST',
        path: REVIEWS,
        query: { dryRun: NO_SUCH_DRY_RUN },
        body: {
          apiVersion: 'authorization.k8s.io/v1',
          kind: 'SelfSubjectAccessReview',
          spec: { nonResourceAttributes: { path: '/version', verb: 'get' } },
        },
        signal,
      }),
    );
    return this.isProven;
  }
}

function namesTheOption({ status, body }: ApiResponse): boolean {
  const { kind, details } = (body ?? {}) as {
    kind?: unknown;
    details?: { causes?: unknown } | null;
  };
  const causes = details?.causes;
  return (
    status === 422 &&
    kind === 'Status' &&
    Array.isArray(causes) &&
    causes.some(cause => cause?.field === 'dryRun')
  );
}

/** The words by which a dry run is refused because an admission webhook cannot be asked without effects. */
export function lackOfDryRun({ name, message }: Error): string | undefined {
  const words = /admission webhook \S+ does not support dry run/.exec(message);
  return name === 'InputError' ? words?.[0] : undefined;
}
