import {
  createApiRef,
  DiscoveryApi,
  FetchApi,
} from '@backstage/core-plugin-api';
import { CanaryApi, CanaryClient } from 'backstage-plugin-canary-common';

/** The canary API as the components ask for it. @public */
export const canaryApiRef = createApiRef<CanaryApi>({ id: 'plugin.canary' });

/** The API over HTTP, with the reader's own credentials. */
export function createCanaryApi(deps: {
  discoveryApi: DiscoveryApi;
  fetchApi: FetchApi;
}): CanaryApi {
  return new CanaryClient({
    getBaseUrl: () => deps.discoveryApi.getBaseUrl('canary'),
    fetch: deps.fetchApi.fetch,
  });
}
