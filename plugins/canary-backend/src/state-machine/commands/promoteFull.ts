import { amendStep, Change } from '../change';
import { promote } from '../promotion';
import { CommandLook } from './commandLook';

/** Skips the remaining steps and the gate. */
export function promoteFull(
  change: Change,
  { now, context, actor, reason }: CommandLook,
): Change {
  return promote(
    amendStep(change, { promoted: true }),
    now,
    context,
    `${actor} skipped the rest of the plan: ${reason}`,
  );
}
