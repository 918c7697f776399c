/**
 * The values that the rooms hand to each other. Types only: no behaviour, no
 * I/O, so that every room may import it and none must import another for a
 * type.
 */
export * from './analysis';
export * from './decision';
export * from './observation';
export * from './rollout';
