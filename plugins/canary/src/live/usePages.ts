import { useCallback, useMemo, useState } from 'react';
import { Page } from 'backstage-plugin-canary-common';

/** A cursor-paged list that grows on demand behind a first page that is live. */
export interface Pages<T> {
  readonly items: readonly T[];
  readonly hasMore: boolean;
  readonly loadingMore: boolean;
  readonly error?: Error;
  readonly more: () => Promise<void>;
}

interface Older<T> {
  readonly key: string;
  readonly items: readonly T[];
  readonly nextCursor?: string;
  readonly loading?: boolean;
  readonly error?: Error;
}

/**
 * Appends older pages to a first page. The first page as it was when more was
 * asked for is kept too: what new entries push out of it must not vanish.
 */
export function usePages<T>(options: {
  key: string;
  first: Page<T> | undefined;
  idOf: (item: T) => string | number;
  load: (cursor: string) => Promise<Page<T>>;
}): Pages<T> {
  const { key, first, idOf, load } = options;
  const [state, setState] = useState<Older<T>>();
  const older = state?.key === key ? state : undefined;
  const cursor = older ? older.nextCursor : first?.nextCursor;

  const items = useMemo(() => {
    const known = new Map<string | number, T>();
    for (const item of [...(first?.items ?? []), ...(older?.items ?? [])]) {
      if (!known.has(idOf(item))) known.set(idOf(item), item);
    }
    return [...known.values()];
    // eslint-disable-next-line react-hooks/exhaustive-deps -- idOf is a constant of the caller
  }, [first, older]);

  const more = useCallback(async () => {
    if (!cursor || older?.loading) return;
    const before: Older<T> = { key, items, nextCursor: cursor };
    setState({ ...before, loading: true });
    try {
      const page = await load(cursor);
      setState({
        key,
        items: [...items, ...page.items],
        nextCursor: page.nextCursor,
      });
    } catch (error) {
      setState({ ...before, error: error as Error });
    }
  }, [cursor, older?.loading, key, items, load]);

  return {
    items,
    hasMore: Boolean(cursor),
    loadingMore: Boolean(older?.loading),
    error: older?.error,
    more,
  };
}
