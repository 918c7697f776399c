/**
 * Canary rollouts on the page of a service: watch, judge and steer them.
 *
 * @packageDocumentation
 */
export { canaryPlugin as default } from './plugin';
export { canaryApiRef } from './api';
export { isCanaryAvailable } from './isCanaryAvailable';
export { canaryTranslationRef } from './translation';
