import {
  BackstageCredentials,
  coreServices,
  createServiceFactory,
  createServiceRef,
} from '@backstage/backend-plugin-api';
import { CanaryApi, CanaryClient } from 'backstage-plugin-canary-common';

/** The canary API for other backend plugins, on behalf of somebody. @public */
export interface CanaryServiceClient {
  /** Every call is authorised and recorded as these credentials. */
  withCredentials(credentials: BackstageCredentials): CanaryApi;
}

/** Reach the canary plugin from another backend plugin. @public */
export const canaryServiceRef = createServiceRef<CanaryServiceClient>({
  id: 'canary.service',
  scope: 'plugin',
  defaultFactory: async service =>
    createServiceFactory({
      service,
      deps: { auth: coreServices.auth, discovery: coreServices.discovery },
      factory: ({ auth, discovery }) => ({
        withCredentials: credentials =>
          new CanaryClient({
            getBaseUrl: () => discovery.getBaseUrl('canary'),
            fetch: async (input, init) => {
              const { token } = await auth.getPluginRequestToken({
                onBehalfOf: credentials,
                targetPluginId: 'canary',
              });
              const headers = new Headers(init?.headers);
              headers.set('authorization', `Bearer ${token}`);
              return fetch(input, { ...init, headers });
            },
          }),
      }),
    }),
});
