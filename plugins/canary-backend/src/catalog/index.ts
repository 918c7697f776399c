export { readOwnership } from './readOwnership';
export { resolveTarget } from './resolveTarget';
export type { ListDeployments, TargetContext } from './resolveTarget';
