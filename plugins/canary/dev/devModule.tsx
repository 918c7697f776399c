import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { CanaryApi } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../src';
import { scenarioIn, scenarioOf } from './scenarios';

/**
 * The canary API without a backend, as the scenario in the address wants it:
 * another address is another scenario, and no new page.
 */
function apiOfAddress(): CanaryApi {
  let shown: { name: string; api: CanaryApi } | undefined;
  const current = () => {
    const name = scenarioIn(window.location.search);
    if (shown?.name !== name) shown = { name, api: scenarioOf(name) };
    return shown.api;
  };
  return new Proxy({} as CanaryApi, {
    get: (_, property) => {
      const api = current();
      const value = Reflect.get(api, property);
      return typeof value === 'function' ? value.bind(api) : value;
    },
  });
}

export const devModule = createFrontendModule({
  pluginId: 'canary',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: canaryApiRef,
          deps: {},
          factory: apiOfAddress,
        }),
    }),
  ],
});
