/**
 * Types, permissions and API client shared by the canary packages.
 *
 * @packageDocumentation
 */
export * from './annotations';
export * from './attention';
export * from './CanaryApi';
export * from './CanaryClient';
export * from './command';
export * from './event';
export * from './exposure';
export * from './figures';
export * from './health';
export * from './hold';
export * from './images';
export * from './json';
export * from './measurement';
export * from './outcome';
export * from './permissions';
export * from './phase';
export * from './plan';
export * from './planImport';
export * from './rejudge';
export * from './rollout';
export * from './start';
export * from './verdict';
