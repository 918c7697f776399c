/**
 * The plugin's words in other languages, for the new frontend system.
 *
 * @packageDocumentation
 */
import { createFrontendModule } from '@backstage/frontend-plugin-api';
import { TranslationBlueprint } from '@backstage/plugin-app-react';
import { canaryTranslations } from './translation';

export { canaryTranslations } from './translation';

/** `translation:app/canary` */
export const canaryTranslation = TranslationBlueprint.make({
  name: 'canary',
  params: { resource: canaryTranslations },
});

/** Adds every language that the plugin ships to an app. @public */
export default createFrontendModule({
  pluginId: 'app',
  extensions: [canaryTranslation],
});
