import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { canaryApiRef } from '../src';
import { scenarioOf } from './scenarios';

/** The canary API without a backend, as the scenario in the address wants it. */
export const devModule = createFrontendModule({
  pluginId: 'canary',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: canaryApiRef,
          deps: {},
          factory: () => scenarioOf(window.location.search),
        }),
    }),
  ],
});
