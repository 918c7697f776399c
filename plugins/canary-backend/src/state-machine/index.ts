/**
 * The state machine: pure decisions about one rollout. `decide` takes a
 * rollout, what was seen or clicked, and the time, and returns the next state
 * with the events that say why. Its table of transitions is
 * `docs/state-machine.md`.
 */
export { decide } from './decide';
export { openRollout, openRollback } from './openRollout';
export type { RolloutFacts, RollbackFacts } from './openRollout';
export type { MachineContext, Shift } from './context';
export { askGuards, takesOver } from './commands';
export type { MachineCommand } from './commands';
export {
  awaitsPerform,
  awaitsPerformed,
  isEnding,
  isTakingBack,
  keepsUsersOff,
  mayWrite,
} from './permits';
export { sameExposure } from '../rollout/exposure';
export { estimateRemaining, estimateSteps } from './plan/estimates';
export { targetOf } from './plan/target';
export type { Target } from './exposure/shifts';
export { builtInSteps } from './steps';
export { lacksSight } from './unseen';
