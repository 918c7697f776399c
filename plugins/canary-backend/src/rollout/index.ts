/**
 * The values that the rooms hand to each other: types, and the two constructors
 * of an analysis run that the state machine and the analysis share. No rules, no
 * I/O, so that every room may import it and none must import another for a
 * type.
 */
export * from './analysis';
export { moveWindow, openRun } from './analysisRun';
export { assertNever } from './assertNever';
export { countsRequests } from './countsRequests';
export * from './decision';
export * from './engine';
export * from './exposure';
export * from './history';
export { alignDown, alignUp } from './alignment';
export * from './observation';
export * from './planPoints';
export * from './reading';
export * from './rollout';
export { sameJson } from './sameJson';
