import { updateStep, Draft } from '../draft';
import { promote } from '../promotion/promotion';
import { CommandInput } from './commandInput';

/** Skips the remaining steps and the gate. */
export function promoteFull(
  draft: Draft,
  { now, context, actor, reason }: CommandInput,
): Draft {
  return promote(
    updateStep(draft, { promoted: true }),
    now,
    context,
    `${actor} skipped the rest of the plan: ${reason}`,
  );
}
