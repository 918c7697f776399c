export { registerActions } from './actions';
export type { ActionsOptions } from './actions';
export { createRouter } from './createRouter';
export type { RouterOptions } from './createRouter';
export { spec } from './openapi';
export { toRollout } from './toRollout';
export { ClusterPings } from './ClusterPings';
export { readHealth } from './readHealth';
