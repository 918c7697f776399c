import { useEffect, useRef, useState } from 'react';
import useLatest from 'react-use/esm/useLatest';

/** A series that grows; what was read stays while later reads fail. */
export interface Followed<T> {
  readonly value: T;
  /** Whether the first read has ended well. */
  readonly loaded: boolean;
  readonly error?: Error;
}

interface Held<T> {
  value: T;
  loaded: boolean;
  busy: boolean;
  again: boolean;
}

/**
 * Reads on from where it stands whenever `tick` changes; one read at a time.
 * It has no clock of its own, so it rests when the value that gives the ticks
 * rests. Another `key` starts over.
 */
export function useFollow<T>(options: {
  key: string;
  tick: unknown;
  initial: T;
  readOn: (known: T) => Promise<T>;
}): Followed<T> {
  const { key, tick, initial } = options;
  const latest = useLatest(options);
  const held = useRef<Held<T>>();
  const [state, setState] = useState<Followed<T> & { key: string }>();

  useEffect(() => {
    held.current = { value: initial, loaded: false, busy: false, again: false };
    return () => {
      held.current = undefined;
    };
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only a new key starts over
  }, [key]);

  useEffect(() => {
    const mine = held.current!;
    const readOnce = async () => {
      mine.again = false;
      let error: Error | undefined;
      try {
        mine.value = await latest.current.readOn(mine.value);
        mine.loaded = true;
      } catch (caught) {
        error = caught as Error;
      }
      if (held.current !== mine) return;
      setState({ key, value: mine.value, loaded: mine.loaded, error });
    };
    const read = async () => {
      if (mine.busy) {
        mine.again = true;
        return;
      }
      mine.busy = true;
      do {
        await readOnce();
      } while (mine.again && held.current === mine);
      mine.busy = false;
    };
    read();
  }, [key, tick, latest]);

  return state?.key === key ? state : { value: initial, loaded: false };
}
