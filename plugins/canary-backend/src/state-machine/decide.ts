import {
  Decision,
  Instant,
  MachineInput,
  Refusal,
  RolloutState,
} from '../model';
import { MachineContext } from './context';

/** What to do with a rollout after a look at the world or a click. Pure. */
export function decide(
  rollout: RolloutState,
  _input: MachineInput,
  _now: Instant,
  _context: MachineContext,
): Decision | Refusal {
  return { next: rollout, events: [] };
}
