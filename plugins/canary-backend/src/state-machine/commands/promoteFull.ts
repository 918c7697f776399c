import { amendStep, Change } from '../draft';
import { promote } from '../promotion/promotion';
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
