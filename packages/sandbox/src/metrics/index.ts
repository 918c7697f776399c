export { matchPods, PodPatternError } from './matchPods';
export { RequestMetrics } from './RequestMetrics';
export type { RequestRecord } from './RequestRecord';
export { keptMs, RequestWindow } from './RequestWindow';
