import { Page } from 'backstage-plugin-canary-common';
import { CursorKey, encodeCursor } from './cursor';

/**
 * A page of rows that were read with one more than `limit`: the surplus row
 * tells that another page follows, without a second query.
 */
export function pageOf<TRow, TItem>(options: {
  readonly rows: readonly TRow[];
  readonly limit: number;
  readonly scope: string;
  readonly keyOf: (row: TRow) => CursorKey;
  readonly itemOf: (row: TRow) => TItem;
}): Page<TItem> {
  const { rows, limit, scope, keyOf, itemOf } = options;
  const shown = rows.slice(0, limit);
  return {
    items: shown.map(itemOf),
    nextCursor:
      rows.length > limit
        ? encodeCursor(scope, keyOf(shown[shown.length - 1]))
        : undefined,
  };
}
