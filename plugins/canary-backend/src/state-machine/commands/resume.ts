import { Change } from '../draft';
import { clearHold } from '../holds/holds';
import { CommandLook } from './commandLook';

/** Ends the pause by hand; every other hold stays. */
export function resume(change: Change, { now, actor }: CommandLook): Change {
  return clearHold(
    change,
    'Manual',
    now,
    `${actor} resumed the rollout.`,
    actor,
  );
}
