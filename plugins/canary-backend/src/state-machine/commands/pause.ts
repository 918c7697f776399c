import { Draft } from '../draft';
import { addHold } from '../holds/holds';
import { CommandInput } from './commandInput';

/** Holds the rollout until somebody resumes it. */
export function pause(
  draft: Draft,
  { now, actor, reason }: CommandInput,
): Draft {
  const message = `${actor} paused the rollout${reason ? `: ${reason}` : '.'}`;
  return addHold(
    draft,
    { reason: 'Manual', message, since: now, endsBy: 'person' },
    now,
    {},
    actor,
  );
}
