/**
 * A copy that went through JSON, as what crosses the wire does. Not
 * `structuredClone`, whose objects are of another realm inside of Jest: they
 * are strictly equal to nothing.
 */
export function jsonCopy<T>(value: T): T {
  return value === undefined ? value : JSON.parse(JSON.stringify(value));
}
