export type { Controller } from './Controller';
export { deploymentController } from './deployment/deploymentController';
export { endpointsController } from './endpointsController';
export { garbageCollector } from './garbageCollector';
export { isSettled } from './isSettled';
export { recordEvent } from './recordEvent';
export { replicaSetController } from './replicaSetController';
export { runControllers } from './runControllers';
