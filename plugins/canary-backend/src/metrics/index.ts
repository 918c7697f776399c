/**
 * Questions to metrics servers: queries in, numbers out. Destinations are known
 * only by the names of `canary.metricSources`; arguments are typed and escaped
 * by the provider that sends them; whatever fails becomes a value that the
 * analysis can judge, never an exception in the middle of a tick.
 */
export { armArguments, pastArguments, podPattern } from './armArguments';
export type { Arm } from './armArguments';
export { GatheredQuestions } from './GatheredQuestions';
export { measure, measureAll } from './measure';
export type { DueMeasurement, MeasureContext } from './measure';
export { MetricSources } from './MetricSources';
export type { MetricSourceLookup } from './MetricSources';
export { defaultMetrics, metricPresets } from './presets';
export type { MetricPreset } from './presets';
export { builtInMetricProviders } from './providers';
export {
  QUERY_ARGUMENTS,
  renderQuery,
  argumentsOf,
  validateTemplate,
} from './queryTemplate';
export type { QueryArgumentName, QueryArguments } from './queryTemplate';
export { sharedSources } from './sharedSources';
