import { MetricSource } from 'backstage-plugin-canary-node';
import { Endpoint } from '../sources/boundedFetch';
import { apiUrl, ask, seconds } from './askApi';
import { askGroup } from './askGroup';
import { escapePromql } from './escapePromql';
import { bucketsOf, readingOf, seriesOf } from './readAnswer';
import { readWays } from './readWays';

/**
 * A source behind version 1 of Prometheus' HTTP API, whose `/api/v1` follows
 * the base URL.
 *
 * @see "HTTP API" of the Prometheus documentation
 */
export function prometheusSource(
  endpoint: Endpoint & { readonly baseUrl: URL },
): MetricSource {
  return {
    query: async ({ query, window, signal }) => {
      const time = seconds(window.to);
      const url = apiUrl(endpoint.baseUrl, 'query', { query, time });
      return readingOf(endpoint, await ask(endpoint, url, signal));
    },
    queryBuckets: async ({ query, window, signal }) => {
      const time = seconds(window.to);
      const url = apiUrl(endpoint.baseUrl, 'query', { query, time });
      return bucketsOf(endpoint, await ask(endpoint, url, signal));
    },
    queryRange: async ({ query, window, stepMs, signal }) => {
      const url = apiUrl(endpoint.baseUrl, 'query_range', {
        query,
        start: seconds(window.from),
        end: seconds(window.to),
        step: seconds(stepMs),
      });
      return seriesOf(endpoint, await ask(endpoint, url, signal));
    },
    group: template => {
      const ways = readWays(template);
      if (!ways) return undefined;
      return {
        query: request => askGroup(endpoint, ways, request, readingOf),
        queryBuckets: request => askGroup(endpoint, ways, request, bucketsOf),
      };
    },
    canLookBack: true,
    escape: escapePromql,
  };
}
