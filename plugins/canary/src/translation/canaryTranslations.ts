import {
  createTranslationResource,
  TranslationResource,
} from '@backstage/core-plugin-api/alpha';
import { canaryTranslationRef } from './canaryTranslationRef';

/** The plugin's words in the languages it ships beside English: German. @public */
export const canaryTranslations: TranslationResource<'plugin.canary'> =
  createTranslationResource({
    ref: canaryTranslationRef,
    translations: { de: () => import('./de') },
  });
