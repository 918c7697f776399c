export { canaryTranslationRef } from './canaryTranslationRef';
export { useCanaryTranslation } from './useCanaryTranslation';
export type { Translate } from './useCanaryTranslation';
