/**
 * The loop that brings rollouts forward: claims what is due, and for each runs
 * `reconcile` - observe, decide, commit, apply - until it ended. Nothing is
 * kept here that a crash could lose: the row in the database is the truth, and
 * whatever an effect really did is seen by the next tick.
 */
export { Controller, DEFAULT_PACE } from './Controller';
export type { ControllerOptions, Pace } from './Controller';
export { createTick } from './tick/createTick';
export type { TickDeps } from './tick/createTick';
export { Watches } from './watches/Watches';
