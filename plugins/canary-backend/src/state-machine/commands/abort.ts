import { Draft } from '../draft';
import { rollBack } from '../teardown/rollBack';
import { CommandInput } from './commandInput';

/** Takes everything back at once. */
export function abort(draft: Draft, input: CommandInput): Draft {
  const { actor, reason } = input;
  return rollBack(
    draft,
    {
      reason: 'Aborted',
      message: `${actor} aborted the rollout${reason ? `: ${reason}` : '.'}`,
      data: { actor },
    },
    input,
  );
}
