export { systemClock, timestamp } from './Clock';
export type { Clock } from './Clock';
export { ManualClock } from './ManualClock';
