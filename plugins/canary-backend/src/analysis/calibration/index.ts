/** What earlier rollouts teach about the next: how much counts vary, and what would be noticed when. Pure. */
export { calibratePlan } from './calibratePlan';
export { estimateDetection } from './estimateDetection';
export type { Stretch } from './timeToDetect';
