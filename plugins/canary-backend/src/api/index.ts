export { registerActions } from './actions/registerActions';
export type { ActionsOptions } from './actions/registerActions';
export { createRouter } from './http/createRouter';
export type { RouterOptions } from './http/createRouter';
export { spec } from './schema/openapi';
export { ClusterPings } from './http/ClusterPings';
export { readHealth } from './http/readHealth';
