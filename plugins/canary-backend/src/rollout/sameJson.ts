/**
 * Whether two values are the same once they are JSON: a key that is undefined
 * counts as missing, and the order of keys does not count.
 */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || !a || !b) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = a as Record<string, unknown>;
  const right = b as Record<string, unknown>;
  return Object.keys({ ...left, ...right }).every(key =>
    sameJson(left[key], right[key]),
  );
}
