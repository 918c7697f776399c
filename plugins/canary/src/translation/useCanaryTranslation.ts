import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { canaryTranslationRef } from './canaryTranslationRef';

/** The plugin's words in the reader's language. */
export function useCanaryTranslation() {
  return useTranslationRef(canaryTranslationRef);
}

/** Turns a key into words. */
export type Translate = ReturnType<typeof useCanaryTranslation>['t'];
