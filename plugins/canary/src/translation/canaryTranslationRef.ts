import { createTranslationRef } from '@backstage/core-plugin-api/alpha';
import { messages } from './messages';

/** Names the plugin's words, so that an app can replace or translate them. @public */
export const canaryTranslationRef = createTranslationRef({
  id: 'plugin.canary',
  messages,
});
