/**
 * A Kubernetes-shaped cluster in one process: a test double and a demo, never
 * a product.
 *
 * @packageDocumentation
 */
export type { Clock } from './clock';
export type { PodTimings } from './Cluster';
export type { LoadRates } from './load';
export type { Sandbox, SandboxOptions } from './SandboxOptions';
export { startSandbox } from './startSandbox';
