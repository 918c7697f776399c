import { Clock } from 'backstage-plugin-canary-node';
import { orAborted } from './orAborted';
import { TimeoutError } from './TimeoutError';

/**
 * Runs work for so long at most. The signal that the work is given aborts at
 * the limit and with the caller's own, and the wait for it ends then too: work
 * that heeds no signal goes on unheeded.
 *
 * Not `AbortSignal.any([signal, AbortSignal.timeout(ms)])`: on Node 20 the
 * garbage collector takes such a signal while somebody still listens to it, so
 * that it never aborts, and where the caller's signal lives long it keeps every
 * one that was made of it. Here a timer holds all that must outlive the wait,
 * and nothing is left after it.
 *
 * @throws TimeoutError at the limit; the caller's reason when its signal aborts
 */
export async function withTimeout<T>(
  limits: {
    readonly clock: Pick<Clock, 'sleep'>;
    readonly timeoutMs: number;
    readonly signal?: AbortSignal;
  },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { clock, timeoutMs, signal } = limits;
  signal?.throwIfAborted();
  const working = new AbortController();
  const waiting = new AbortController();
  const giveUp = () => working.abort(signal?.reason);
  signal?.addEventListener('abort', giveUp, { once: true });
  void clock.sleep(timeoutMs, waiting.signal).then(() => {
    if (!waiting.signal.aborted) working.abort(new TimeoutError(timeoutMs));
  });
  try {
    return await orAborted(work(working.signal), working.signal);
  } finally {
    waiting.abort();
    signal?.removeEventListener('abort', giveUp);
  }
}
