import { Draft } from '../draft';
import { clearHold } from '../holds/holds';
import { CommandInput } from './commandInput';

/** Ends the pause by hand; every other hold stays. */
export function resume(draft: Draft, { now, actor }: CommandInput): Draft {
  return clearHold(
    draft,
    'Manual',
    now,
    `${actor} resumed the rollout.`,
    actor,
  );
}
