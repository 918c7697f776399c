import { Change } from '../draft';
import { rollBack } from '../teardown/rollBack';
import { CommandLook } from './commandLook';

/** Takes everything back at once. */
export function abort(change: Change, look: CommandLook): Change {
  const { actor, reason } = look;
  return rollBack(
    change,
    {
      reason: 'Aborted',
      message: `${actor} aborted the rollout${reason ? `: ${reason}` : '.'}`,
      data: { actor },
    },
    look,
  );
}
