import { JSONPath } from 'jsonpath-plus';
import { Endpoint, sourceError } from '../sources/boundedFetch';

/** What a JSON answer may spell a number as; the last two are no data later on. */
export const NUMERIC =
  /^[+-]?(?:\d+\.?\d*(?:e[+-]?\d+)?|\.\d+(?:e[+-]?\d+)?|NaN|Infinity)$/i;

/**
 * The one number at a JSONPath of an answer; undefined where there is nothing
 * or null. Several values, and values that are no number, are errors.
 */
export function numberAt(
  endpoint: Endpoint,
  json: unknown,
  path: string,
): number | undefined {
  const value = oneAt(endpoint, json, path);
  return value === undefined ? undefined : numberOf(endpoint, value, path);
}

/** The one value at a JSONPath of an answer, with `null` taken for nothing. */
export function oneAt(
  endpoint: Endpoint,
  json: unknown,
  path: string,
): unknown {
  const found = valuesAt(endpoint, json, path).filter(
    value => value !== null && value !== undefined,
  );
  if (found.length > 1) {
    throw sourceError(
      endpoint,
      `has ${found.length} values at ${path}; narrow it to one`,
    );
  }
  return found[0];
}

/** A number, or a text that spells one, found at a JSONPath. */
export function numberOf(
  endpoint: Endpoint,
  value: unknown,
  path: string,
): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && NUMERIC.test(value.trim())) {
    return Number(value);
  }
  throw sourceError(endpoint, `has ${nameOf(value)} at ${path}, not a number`);
}

/** What to call a value that is not what was expected. */
export function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'an array';
  if (typeof value === 'object') return 'an object';
  return `a ${typeof value}`;
}

function valuesAt(endpoint: Endpoint, json: unknown, path: string): unknown[] {
  if (path === '$') return [json];
  if (typeof json !== 'object' || json === null) return [];
  try {
    // 'safe' evaluates filters with an interpreter of its own, never with eval.
    return JSONPath({ path, json, wrap: true, eval: 'safe' }) ?? [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw sourceError(endpoint, `could not be searched for ${path}: ${reason}`);
  }
}
