/** Kayenta's automated canary judge, room by room as in Kayenta. Pure. */
export { classifyMetric } from './classifyMetric';
export type {
  Classification,
  ClassificationPolicy,
  KayentaLabel,
} from './classifyMetric';
export { cleanSeries } from './cleanSeries';
export type { CleaningPolicy } from './cleanSeries';
export { scoreCanary } from './scoreCanary';
export type { CanaryScore, ScoredMetric } from './scoreCanary';
export { passesFinally, scoreVerdict } from './scoreVerdict';
export type { ScoreThresholds } from './scoreVerdict';
export { scoreRun } from './scoreRun';
