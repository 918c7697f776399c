/**
 * The canary backend plugin: controller, state machine, analysis, traffic,
 * metrics, store and API.
 *
 * @packageDocumentation
 */
export { canaryPlugin as default } from './plugin';
