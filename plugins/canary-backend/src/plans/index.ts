/**
 * Recipes as people write them: plans and metrics of `app-config.yaml`, and the
 * `canary.yaml` that a team keeps beside its catalog file. Everything that can
 * be wrong with one is said at once, before a rollout starts.
 */
export { assertShallow } from './assertShallow';
export { overrideMetrics } from './overrideMetrics';
export { MOST_METRICS } from './parseAnalysis';
export { parsePlan } from './parsePlan';
export { MOST_STEPS } from './parseSteps';
export { MAX_ALIASES, parsePlanDocument } from './planDocument';
export { PlanLibrary } from './PlanLibrary';
export { readMetricDefinitions } from './readMetricDefinitions';
export type { MetricRegistries, PlanRegistries } from './registries';
