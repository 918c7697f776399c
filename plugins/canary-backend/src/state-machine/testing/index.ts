/** Test support: rollouts played in a simulated cluster. */
export * from './fixtures';
export { Simulation } from './Simulation';
export type { Answer, Answers } from './measuring';
export {
  applied,
  deployment,
  drained,
  podOf,
  recovered,
  worldOf,
} from './world';
export type { World } from './world';
