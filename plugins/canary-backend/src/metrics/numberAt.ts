import { JSONPath } from 'jsonpath-plus';
import { Endpoint, sourceError } from './boundedFetch';

/** What a JSON answer may spell a number as; the last two are no data later on. */
const NUMERIC =
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
  const found = valuesAt(endpoint, json, path).filter(
    value => value !== null && value !== undefined,
  );
  if (found.length === 0) return undefined;
  if (found.length > 1) {
    throw sourceError(
      endpoint,
      `has ${found.length} values at ${path}; narrow it to one`,
    );
  }
  const [value] = found;
  if (typeof value === 'number') return value;
  if (typeof value === 'string' && NUMERIC.test(value.trim())) {
    return Number(value);
  }
  throw sourceError(
    endpoint,
    `has ${
      Array.isArray(value) ? 'an array' : `a ${typeof value}`
    } at ${path}, not a number`,
  );
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
