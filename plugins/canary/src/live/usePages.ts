import { useEffect, useRef, useState } from 'react';
import { Page } from 'backstage-plugin-canary-common';
import { Live, LiveOptions, useLive } from './useLive';

/** One page at a time of a cursor-paged list; the page that is shown is live. */
export interface Pages<T> {
  readonly live: Live<Page<T>>;
  /** What to show: the page before stays until the wanted one has come. */
  readonly page?: Page<T>;
  /** Whether `page` is not yet the wanted one. */
  readonly turning: boolean;
  /** Of the wanted page, counting from 1. */
  readonly number: number;
  /** Absent on the last page and while the next one is not known. */
  readonly next?: () => void;
  /** Absent on the first page. */
  readonly previous?: () => void;
  /** Back to the newest; absent on the first page. */
  readonly first?: () => void;
}

/** What {@link usePages} needs; another key starts over at the first page. */
export interface PagesOptions<T>
  extends Omit<LiveOptions<Page<T>>, 'load' | 'rest'> {
  load: (cursor?: string) => Promise<Page<T>>;
  /** The first page, where somebody follows it already. */
  shared?: Live<Page<T>>;
}

/**
 * Turns pages and keeps one: ten thousand entries cost the browser no more
 * than ten. The way back is the cursors of the pages before, so that what
 * arrives on top moves no entry out of reach.
 */
export function usePages<T>(options: PagesOptions<T>): Pages<T> {
  const { key, load, shared, ...pace } = options;
  const [way, setWay] = useState<{ key: string; cursors: readonly string[] }>();
  const cursors = way?.key === key ? way.cursors : [];
  const cursor = cursors.at(-1);

  const borrowed = cursor === undefined ? shared : undefined;
  const own = useLive<Page<T>>({
    ...pace,
    key: JSON.stringify([key, cursor]),
    load: () => load(cursor),
    rest: borrowed !== undefined,
  });
  const live = borrowed ?? own;

  const before = useRef<Page<T>>();
  useEffect(() => {
    if (live.value) before.current = live.value;
  }, [live.value]);

  const turning = !live.value && !live.error;
  const nextCursor = live.value?.nextCursor;
  const isFirst = cursors.length === 0;
  const goTo = (to: readonly string[]) => setWay({ key, cursors: to });
  return {
    live,
    page: live.value ?? (turning ? before.current : undefined),
    turning,
    number: cursors.length + 1,
    next: nextCursor ? () => goTo([...cursors, nextCursor]) : undefined,
    previous: isFirst ? undefined : () => goTo(cursors.slice(0, -1)),
    first: isFirst ? undefined : () => goTo([]),
  };
}
