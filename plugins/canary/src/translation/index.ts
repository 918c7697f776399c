export { canaryTranslationRef } from './canaryTranslationRef';
export { canaryTranslations } from './canaryTranslations';
export { useCanaryTranslation } from './useCanaryTranslation';
export type { Translate } from './useCanaryTranslation';
