/**
 * The loop that brings rollouts forward: a replica keeps a lease, owns rollouts
 * for as long as it can prove it, and for each runs `reconcile` - observe,
 * decide, commit, apply - until it ended. Nothing is kept here that a crash could
 * lose: the row in the database is the truth, and whatever an effect really did
 * is seen by the next tick.
 */
export { Controller, DEFAULT_PACE, LEASE_MS } from './Controller';
export type { ControllerOptions, Pace } from './Controller';
export { Heartbeat } from './replica/Heartbeat';
export { Reachability } from './replica/Reachability';
export { Sweeper } from './sweep/Sweeper';
export { createTick } from './tick/createTick';
export type { TickDeps } from './tick/createTick';
export { watchRollout } from './watches/watchRollout';
export { Watches } from './watches/Watches';
