export { canaryTranslationRef } from './canaryTranslationRef';
export { canaryTranslations } from './canaryTranslations';
export { localeOf } from './localeOf';
export { useCanaryTranslation } from './useCanaryTranslation';
export type { Translate } from './useCanaryTranslation';
