/**
 * The state machine: pure decisions about one rollout. `decide` takes a
 * rollout, what was seen or clicked, and the time, and returns the next state
 * with the events that say why.
 */
export { decide } from './decide';
export { openRollout, openRollback } from './openRollout';
export type { RolloutFacts, RollbackFacts } from './openRollout';
export type { MachineContext } from './context';
export { allowedCommands, takesOver } from './guards';
export { mayWrite, isEnding } from './permits';
