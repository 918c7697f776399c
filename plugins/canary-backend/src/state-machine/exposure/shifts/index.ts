import { assertNever } from '../../../rollout/assertNever';
import { MachineContext } from '../../context';
import { podRules } from './podRules';
import { routeRules } from './routeRules';
import { ShiftRules } from './ShiftRules';

export type { Target } from './ShiftRules';

/** The rules of how this rollout's canary gets its share. */
export function shiftRules({ shift }: MachineContext): ShiftRules {
  switch (shift.kind) {
    case 'route':
      return routeRules(shift);
    case 'pods':
      return podRules(shift);
    default:
      return assertNever(shift);
  }
}
