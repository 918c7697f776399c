import { InputError } from '@backstage/errors';

const QUERY_KEYS = ['query', 'sampleQuery', 'events', 'total', 'buckets'];

/** One of our `{{ arguments }}`. */
const ARGUMENT = /\{\{ \w+ \}\}/g;

/**
 * Refuses a metric whose query became nothing, or holds braces that are no
 * argument of ours: no plan could be read with it.
 *
 * @throws InputError naming metric and key
 */
export function assertQueries(
  name: string,
  metric: { readonly [key: string]: unknown },
): void {
  for (const key of QUERY_KEYS) {
    const query = metric[key];
    if (typeof query !== 'string') continue;
    const place = `metrics.${name}.${key}`;
    if (query.trim() === '') {
      throw new InputError(
        `${place}: the query is empty; write it into the source`,
      );
    }
    if (/\{\{/.test(query.replace(ARGUMENT, ''))) {
      throw new InputError(
        `${place}: the query has double braces that name no variable; correct them in the source`,
      );
    }
  }
}
