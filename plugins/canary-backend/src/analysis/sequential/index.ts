/**
 * The sequential judge's memory and what it says: counts of every window move a
 * state of few numbers, the state is read as evidence, the evidence as a
 * sentence. Pure.
 */
export { evidenceOf } from './evidenceOf';
export { explain } from './explain';
export { MAX_PHI, sequentialParams } from './params';
export type { SequentialParams } from './params';
export { advanceState, NOTHING_SEEN } from './state';
export type { SequentialState } from './state';
