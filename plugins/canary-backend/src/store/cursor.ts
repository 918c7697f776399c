import { InputError } from '@backstage/errors';
import { assertStorableText } from './storableText';

/** Where a page ended: the values of its order's columns in its last row. */
export type CursorKey = readonly (string | number)[];

const MAX_LENGTH = 2_000;

/** An opaque cursor; `scope` names the list, so that none serves another. */
export function encodeCursor(scope: string, key: CursorKey): string {
  return Buffer.from(JSON.stringify([scope, ...key])).toString('base64url');
}

/**
 * The key of a cursor that came back to us. `shape` says what each of its
 * values must be. Throws `InputError` for everything that is not ours: a
 * cursor is text that anybody may write.
 */
export function decodeCursor<TKey extends CursorKey>(
  scope: string,
  shape: { [I in keyof TKey]: TKey[I] extends string ? 'string' : 'number' },
  cursor: string,
): TKey {
  const [found, ...key] = parse(cursor);
  const kinds: readonly string[] = shape;
  if (
    found !== scope ||
    key.length !== kinds.length ||
    !key.every((value, index) => typeof value === kinds[index]) ||
    key.some(value => typeof value === 'number' && !Number.isSafeInteger(value))
  ) {
    throw foreign();
  }
  for (const value of key) {
    if (typeof value === 'string') assertStorableText('cursor', value);
  }
  return key as unknown as TKey;
}

function parse(cursor: string): unknown[] {
  if (
    typeof cursor !== 'string' ||
    cursor.length > MAX_LENGTH ||
    !/^[\w-]+$/.test(cursor)
  ) {
    throw foreign();
  }
  try {
    const value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return Array.isArray(value) ? value : [];
  } catch {
    throw foreign();
  }
}

function foreign(): InputError {
  return new InputError(
    'The cursor is not one of this list: pass the nextCursor of its previous page, or none to start anew.',
  );
}
