import { defineMetricProvider } from 'backstage-plugin-canary-node';
import { GoogleAuth, JWT } from 'google-auth-library';
import { z } from 'zod';
import { Endpoint } from '../sources/boundedFetch';
import { connectionKeys, endpointOf, httpUrl } from '../sources/endpoint';
import { prometheusSource } from '../prometheus';

const SCOPE = 'https://www.googleapis.com/auth/monitoring.read';

const config = z.strictObject({
  project: z.string().regex(/^[a-z0-9:.-]+$/, 'must be the id of a project'),
  /** A service account's key; without it, the credentials of the environment. */
  credentials: z
    .object({ client_email: z.string().min(1), private_key: z.string().min(1) })
    .optional(),
  /** Instead of Google's own address: that of a private endpoint. */
  url: httpUrl.default('https://monitoring.googleapis.com'),
  ...connectionKeys,
});

type Config = z.infer<typeof config>;

/**
 * Google Cloud Monitoring, asked in PromQL by the Prometheus API that it has
 * for all its metrics, those of Managed Service for Prometheus among them.
 *
 * @see "PromQL in Cloud Monitoring" and the REST reference of
 * `projects.location.prometheus.api.v1` of the Google Cloud documentation
 */
export const googlecloud = defineMetricProvider<Config>({
  kind: 'googlecloud',
  config,
  connect: ({ project, credentials, url, ...others }, services) => {
    const { href } = new URL(
      `v1/projects/${encodeURIComponent(project)}/location/global/prometheus`,
      url.endsWith('/') ? url : `${url}/`,
    );
    const endpoint = endpointOf({ ...others, url: href }, services);
    return prometheusSource(authorized(endpoint, credentials));
  },
});

/** Adds an access token to every request and never shows it. */
function authorized<T extends Endpoint>(
  endpoint: T,
  credentials: Config['credentials'],
): T {
  const headersFor = credentials ? signedBy(credentials) : ofEnvironment();
  let shown: readonly string[] = [];
  return {
    ...endpoint,
    authorize: async () => {
      const headers = await headersFor().catch(() => {
        // The text is the library's own and may quote a key.
        throw new Error('its credentials could not be obtained');
      });
      shown = Object.values(headers).map(value => value.replace(/^\w+ /, ''));
      return headers;
    },
    get secrets() {
      return [...endpoint.secrets, ...shown];
    },
  };
}

/** A token that the account signs itself: no request for one is needed. */
function signedBy({
  client_email: email,
  private_key: key,
}: NonNullable<Config['credentials']>) {
  const client = new JWT({ email, key, scopes: [SCOPE] });
  client.useJWTAccessWithScope = true;
  return async () => ({ ...(await client.getRequestHeaders()) });
}

function ofEnvironment() {
  const auth = new GoogleAuth({ scopes: [SCOPE] });
  return async () => ({ ...(await auth.getRequestHeaders()) });
}
