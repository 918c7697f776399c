import { toError } from '@backstage/errors';
import { Clock } from 'backstage-plugin-canary-node';
import { withTimeout } from '../clock';

/** Reads the parts of an observation apart from each other. */
export interface ReadApart<TName extends string> {
  /** What could not be read so far, each with the reason as a sentence. */
  readonly unknown: Readonly<Partial<Record<TName, string>>>;
  /** What was read; undefined where it does not exist, and where it is in `unknown` from now on. */
  <T>(
    name: TName,
    read: (signal: AbortSignal | undefined) => Promise<T>,
  ): Promise<T | undefined>;
}

/**
 * Reads that fail alone: one that is refused, or takes longer than `patienceMs`,
 * says nothing of the others.
 *
 * @param options.signal - ends all of them; its reason is thrown
 */
export function readApart<TName extends string>(options: {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal?: AbortSignal;
  /** Absent: as long as the cluster's own limit. */
  readonly patienceMs?: number;
}): ReadApart<TName> {
  const { clock, signal, patienceMs: timeoutMs } = options;
  const unknown: Partial<Record<TName, string>> = {};
  const read: Omit<ReadApart<TName>, 'unknown'> &
    ((name: TName, read: any) => Promise<any>) = async (name, ask) => {
    try {
      return timeoutMs === undefined
        ? await ask(signal)
        : await withTimeout({ clock, timeoutMs, signal }, ask);
    } catch (error) {
      signal?.throwIfAborted();
      unknown[name] ??= toError(error).message;
      return undefined;
    }
  };
  return Object.assign(read, { unknown });
}
