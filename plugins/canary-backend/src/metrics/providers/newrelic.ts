import {
  defineMetricProvider,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { askJson, severalSeries } from '../sources/askJson';
import { Endpoint, sourceError } from '../sources/boundedFetch';
import { connectionKeys, endpointOf, httpUrl } from '../sources/endpoint';

const REGIONS = {
  us: 'https://api.newrelic.com/graphql',
  eu: 'https://api.eu.newrelic.com/graphql',
};

const config = z.strictObject({
  accountId: z.coerce.number().int().positive(),
  /** A user key. */
  apiKey: z.string().min(1),
  region: z.enum(['us', 'eu']).default('us'),
  /** Instead of `region`: the whole address of a proxy. */
  url: httpUrl.optional(),
  ...connectionKeys,
});

const answer = z
  .object({
    errors: z.array(z.object({ message: z.string() })).nullish(),
    data: z
      .object({
        actor: z.object({
          account: z.object({
            nrql: z.object({
              results: z.array(z.record(z.string(), z.unknown())),
            }),
          }),
        }),
      })
      .nullish(),
  })
  .refine(({ errors, data }) => errors?.length || data);

const QUESTION = `query ($account: Int!, $nrql: Nrql!, $timeout: Seconds!) {
  actor { account(id: $account) { nrql(query: $nrql, timeout: $timeout) { results } } }
}`;

/**
 * New Relic by NerdGraph. A query is NRQL that selects one number, without
 * `SINCE` and `UNTIL`, which are the window's:
 * `SELECT percentage(count(*), WHERE error) FROM Transaction WHERE podName RLIKE r'{{ pods }}'`.
 *
 * @see "NerdGraph tutorial: Query your data using NRQL" and "NRQL query
 * reference" of the New Relic documentation
 */
export const newrelic = defineMetricProvider<z.infer<typeof config>>({
  kind: 'newrelic',
  config,
  connect: (
    { accountId, apiKey, region, url = REGIONS[region], ...others },
    services,
  ) => {
    const headers = { ...others.headers, 'API-Key': apiKey };
    const endpoint = {
      ...endpointOf({ ...others, url, headers }, services),
      // NerdGraph answers with status 200 whatever it thinks of the question.
      saysLater: (text: string) => text.includes('"TOO_MANY_REQUESTS"'),
    };
    return {
      query: async ({ query, window, signal }) => {
        const outsideOfQuotes = query.replace(/'(?:[^'\\]|\\.)*'/gs, '');
        if (/\b(since|until)\b/i.test(outsideOfQuotes)) {
          throw sourceError(
            endpoint,
            'cannot be asked: leave SINCE and UNTIL out, they are added for the window',
          );
        }
        const variables = {
          account: accountId,
          nrql: `${query.trim()} SINCE ${window.from} UNTIL ${window.to}`,
          timeout: Math.max(1, Math.round(endpoint.timeoutMs / 1000)),
        };
        const { errors, data } = await askJson(endpoint, endpoint.baseUrl, {
          api: 'NerdGraph',
          answer,
          reason: body => body.errors[0].message,
          signal,
          request: {
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ query: QUESTION, variables }),
          },
        });
        if (errors?.length || !data) {
          const why = errors?.[0]?.message;
          throw sourceError(endpoint, `refused the query: ${why}`);
        }
        const { results } = data.actor.account.nrql;
        if (results.length > 1) throw severalSeries(endpoint, results.length);
        const value = valueOf(endpoint, results.flatMap(leaves));
        return { value, warnings: [] };
      },
      canLookBack: true,
      escape,
    };
  },
});

/** Figures of a row; those of a percentile are one level deeper. */
function leaves(row: Readonly<Record<string, unknown>>): unknown[] {
  return Object.values(row).flatMap(value =>
    typeof value === 'object' && value !== null
      ? Object.values(value)
      : [value],
  );
}

function valueOf(
  endpoint: Endpoint,
  figures: readonly unknown[],
): number | undefined {
  if (figures.length > 1) {
    throw sourceError(
      endpoint,
      `answered with ${figures.length} figures; select one`,
    );
  }
  const [figure] = figures;
  if (figure === undefined || figure === null) return undefined;
  if (typeof figure === 'number') return figure;
  throw sourceError(endpoint, `answered with a ${typeof figure}, not a number`);
}

/** A part of a text in single quotes; a pattern is for `RLIKE r'…'`, whose backslashes are its own. */
function escape(argument: QueryArgument): string {
  switch (argument.type) {
    case 'durationMs':
      return `${Math.max(1, Math.round(argument.value / 1000))} seconds`;
    case 'pattern':
      return argument.value.replace(/['\p{Cc}]/gu, '.');
    default:
      return argument.value.replace(/\p{Cc}/gu, ' ').replace(/['\\]/g, '\\$&');
  }
}
