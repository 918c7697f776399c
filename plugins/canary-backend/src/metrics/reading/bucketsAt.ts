import { MetricBuckets } from 'backstage-plugin-canary-node';
import { Endpoint, sourceError } from '../sources/boundedFetch';
import { nameOf, NUMERIC, numberOf, oneAt } from './numberAt';

/**
 * Counts by bound of the object at a JSONPath of an answer; none where the
 * place is empty.
 */
export function bucketsAt(
  endpoint: Endpoint,
  json: unknown,
  path: string,
): MetricBuckets['buckets'] {
  const found = oneAt(endpoint, json, path);
  if (found === undefined) return [];
  if (typeof found !== 'object' || Array.isArray(found)) {
    throw sourceError(
      endpoint,
      `has ${nameOf(found)} at ${path}, not an object of bound to count`,
    );
  }
  const buckets = Object.entries(found!).map(([key, count]) => ({
    bound: boundOf(endpoint, key, path),
    count: numberOf(endpoint, count, `${path}["${key.slice(0, 20)}"]`),
  }));
  if (new Set(buckets.map(({ bound }) => bound)).size < buckets.length) {
    throw sourceError(endpoint, `has the same bucket twice at ${path}`);
  }
  return buckets;
}

function boundOf(endpoint: Endpoint, key: string, path: string): number {
  const bound = /^\+?Inf(inity)?$/.test(key)
    ? Infinity
    : Number(NUMERIC.test(key) ? key : NaN);
  if (!Number.isNaN(bound)) return bound;
  throw sourceError(
    endpoint,
    `has the key "${key.slice(0, 20)}" at ${path}, which is no bucket's bound`,
  );
}
