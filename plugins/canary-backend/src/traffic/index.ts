/**
 * Traffic: who gets the canary.
 *
 * Routers (`routers/`) are pure plans over the manifests that a team has
 * already; this room's shell reads those manifests, and writes what a committed
 * decision asks for. A write that raises exposure stands on exactly what the
 * tick observed and fails when anybody wrote since; only lowering writes read
 * again.
 */
export { applyTraffic } from './shell/applyTraffic';
export { checkFeasible } from './checkFeasible';
export { observeTraffic } from './shell/observeTraffic';
export type { ObservedTraffic } from './shell/observeTraffic';
export { resolveTraffic } from './shell/resolveTraffic';
export { builtInTrafficRouters } from './routers';
export { trafficTargetOf } from './shell/trafficTarget';
