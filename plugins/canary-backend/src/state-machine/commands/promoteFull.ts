import { Draft } from '../draft';
import { promote } from '../promotion/promotion';
import { CommandInput } from './commandInput';

/** Skips the remaining steps and the gate. */
export function promoteFull(draft: Draft, input: CommandInput): Draft {
  const { actor, reason } = input;
  const why = `${actor} skipped the rest of the plan: ${reason}`;
  return promote(draft, { cause: 'full', why }, input);
}
