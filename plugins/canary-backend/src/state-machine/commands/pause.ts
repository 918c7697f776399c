import { Change } from '../draft';
import { addHold } from '../holds/holds';
import { CommandLook } from './commandLook';

/** Holds the rollout until somebody resumes it. */
export function pause(
  change: Change,
  { now, actor, reason }: CommandLook,
): Change {
  const message = `${actor} paused the rollout${reason ? `: ${reason}` : '.'}`;
  return addHold(
    change,
    { reason: 'Manual', message, since: now },
    now,
    {},
    actor,
  );
}
