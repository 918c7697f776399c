import { toError } from '@backstage/errors';

/**
 * Does all of it, whatever becomes of each: what helps without the others must
 * not wait for their success.
 *
 * @throws the failure of the only one that failed, else an error with a sentence for each
 */
export async function attemptAll(
  ...acts: readonly (() => Promise<void>)[]
): Promise<void> {
  const ends = await Promise.allSettled(acts.map(act => act()));
  const failures = ends.flatMap(end =>
    end.status === 'rejected' ? [toError(end.reason)] : [],
  );
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1) {
    const said = new Set(failures.map(({ message }) => message));
    throw new AggregateError(failures, [...said].join('; '));
  }
}
