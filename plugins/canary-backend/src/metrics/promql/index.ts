/**
 * One PromQL query for many arms: a template is read into what can be grouped
 * by label, filled for all, and its answer told apart again. Values in, values
 * out; nothing here asks a server.
 */
export { conditionOf } from './ArmMatcher';
export { groupQuery } from './groupQuery';
export { readWays } from './readWays';
export type { Way } from './readWays';
export { splitByArm } from './splitByArm';
