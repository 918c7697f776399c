/**
 * Time and waiting for every room: what is said about both in terms of a `Clock`
 * that was handed in. The process's own clock is not exported here, because only
 * the composition root may choose it.
 */
export { DatabaseClock } from './DatabaseClock';
export { orAborted } from './orAborted';
export { TimeoutError } from './TimeoutError';
export { withTimeout } from './withTimeout';
