import { Clock } from 'backstage-plugin-canary-node';
import { TimeoutError, withTimeout } from '../../../clock';

/** What the cluster says of one request before it is made. */
export type Verdict =
  | 'taken'
  | { readonly refused: string; readonly error: Error }
  | { readonly notTried: string };

/** Bounds of all questions together: people wait for them. */
const LIMITS = { atOnce: 6, most: 80, timeoutMs: 5_000 };

/**
 * Asks for a verdict on each, a few at a time. Whoever has none when the time is
 * over was not tried.
 *
 * @param ask - its rejection is no verdict either
 */
export async function askAll<T>(
  items: readonly T[],
  ask: (item: T, signal: AbortSignal) => Promise<Verdict>,
  options: {
    readonly clock: Pick<Clock, 'sleep'>;
    readonly signal: AbortSignal;
  },
): Promise<readonly Verdict[]> {
  const { atOnce, most, timeoutMs } = LIMITS;
  const verdicts: Verdict[] = items.map((_, index) => ({
    notTried:
      index < most
        ? `there was no answer within ${timeoutMs / 1000} s`
        : `more than ${most} questions are not asked`,
  }));
  const queue = items.slice(0, most).map((item, index) => ({ item, index }));
  await withTimeout({ ...options, timeoutMs }, signal =>
    Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (!signal.aborted) {
          const next = queue.shift();
          if (!next) return;
          const verdict = await ask(next.item, signal);
          if (!signal.aborted) verdicts[next.index] = verdict;
        }
      }),
    ),
  ).catch(error => {
    if (!(error instanceof TimeoutError)) throw error;
  });
  return [...verdicts];
}
