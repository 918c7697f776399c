import { useCallback, useEffect, useRef, useState } from 'react';
import useLatest from 'react-use/esm/useLatest';
import { ANSWER_MS, IDLE_MS } from './pace';
import { Polling, startPolling } from './startPolling';

/** A value of the API that follows the truth for as long as it is looked at. */
export interface Live<T> {
  /** The last value seen; it stays while later loads fail. */
  readonly value?: T;
  /** Why the last load failed; absent after a good one. */
  readonly error?: Error;
  /** Epoch milliseconds of the last good load. */
  readonly seenAt?: number;
  /** Loads now, and resolves when the fresh answer is in. */
  readonly refresh: () => Promise<void>;
}

/** A live value for who also gets news of it another way. */
export interface TakingLive<T> extends Live<T> {
  /** Changes the value by such news; see {@link Polling}. */
  readonly take: (change: (value: T) => T) => void;
}

/** What {@link useLive} needs. */
export interface LiveOptions<T> {
  /** Names the value; another key starts over. */
  key: string;
  load: () => Promise<T>;
  /** Pause until the next load, by what was seen last. */
  pauseMs: (value: T | undefined) => number;
  /** Grows whenever somebody says that the value has changed. */
  signals?: number;
  /** Shortest time between two loads that signals may cause. */
  minSpacingMs?: number;
  /** Asks nothing while true: somebody else already follows the value. */
  rest?: boolean;
}

interface State<T> {
  readonly key: string;
  readonly value?: T;
  readonly error?: Error;
  readonly seenAt?: number;
}

/** Keeps a value of the API fresh by polling and by signals. */
export function useLive<T>(options: LiveOptions<T>): TakingLive<T> {
  const { key, signals = 0, minSpacingMs = 500, rest = false } = options;
  const latest = useLatest(options);
  const polling = useRef<{ key: string; loop: Polling<T> }>();
  const [state, setState] = useState<State<T>>({ key });
  const shown = state.key === key ? state : { key };

  useEffect(() => {
    if (rest) return undefined;
    const loop = startPolling<T>({
      load: () => latest.current.load(),
      onValue: (value, seenAt) => setState({ key, value, seenAt }),
      onError: error =>
        setState(last =>
          last.key === key ? { ...last, error } : { key, error },
        ),
      pauseMs: (last, failures) =>
        Math.min(latest.current.pauseMs(last) * 2 ** failures, IDLE_MS),
      minSpacingMs,
      timeoutMs: ANSWER_MS,
    });
    polling.current = { key, loop };
    return loop.stop;
  }, [key, minSpacingMs, rest, latest]);

  useEffect(() => {
    if (signals > 0) polling.current?.loop.nudge();
  }, [signals]);

  const refresh = useCallback(async () => polling.current?.loop.refresh(), []);
  const take = useCallback(
    (change: (value: T) => T) => {
      // News of a value that is not looked at any more concern nobody.
      if (polling.current?.key === key) polling.current.loop.take(change);
    },
    [key],
  );
  const { value, error, seenAt } = shown;
  return { value, error, seenAt, refresh, take };
}
