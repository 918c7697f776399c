import { InputError } from '@backstage/errors';
import { ErrorBody } from 'backstage-plugin-canary-common';

/** Whether a rollout can be, as far as one of the reads tells. */
export interface Feasibility {
  /** Every reason for which it cannot start, a sentence each. */
  readonly refusals: readonly string[];
  /** What a person should know before it starts, a sentence each. */
  readonly warnings: readonly string[];
}

/** A field of a start request by which a person may have a start that is refused. */
export type Override = NonNullable<ErrorBody['error']['overrides']>[number];

/** The refusal of a start, with every reason at once, and what overrides one of them. */
export function startRefused(
  what: string,
  refusals: readonly string[],
  overrides: readonly Override[],
): InputError {
  const error = new InputError(
    `${what} cannot be rolled out: ${refusals.join('; ')}`,
  );
  return overrides.length > 0 ? Object.assign(error, { overrides }) : error;
}
