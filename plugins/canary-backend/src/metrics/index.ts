/**
 * Questions to metrics servers: queries in, numbers out. Destinations are known
 * only by the names of `canary.metricSources`; arguments are typed and escaped
 * by the provider that sends them; whatever fails becomes a value that the
 * analysis can judge, never an exception in the middle of a tick.
 */
export {
  armArguments,
  pastArguments,
  podPattern,
} from './reading/armArguments';
export type { Arm } from './reading/armArguments';
export { GatheredQuestions } from './sources/GatheredQuestions';
export { measure, measureAll } from './reading/measure';
export type { DueMeasurement, MeasureContext } from './reading/measure';
export { MetricSources } from './sources/MetricSources';
export type { MetricSourceLookup } from './sources/MetricSources';
export { defaultMetrics, metricPresets } from './presets/presets';
export type { MetricPreset } from './presets/presets';
export { builtInMetricProviders } from './providers';
export {
  QUERY_ARGUMENTS,
  renderQuery,
  argumentsOf,
  validateTemplate,
} from './reading/queryTemplate';
export type {
  QueryArgumentName,
  QueryArguments,
} from './reading/queryTemplate';
export { sharedSources } from './sources/sharedSources';
