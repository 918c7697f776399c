import {
  defineMetricProvider,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { askJson, severalSeries } from '../sources/askJson';
import {
  EndpointConfig,
  endpointConfig,
  endpointOf,
} from '../sources/endpoint';
import { splitReduction } from '../reading/reduction';

const answer = z.array(
  z.object({
    datapoints: z.array(z.tuple([z.number().nullable(), z.number()])),
  }),
);

/**
 * Graphite's render API, as graphite-web, go-carbon's carbonapi and others have
 * it. A query is one target; what stands behind `#` says how its points in the
 * window become one number (`avg`, the default, `last`, `max`, `min`, `sum`)
 * and is not sent: `sumSeries(shop.{{ workload }}.*.errors)#sum`. Patterns are
 * for `seriesByTag("name=errors", "pod=~{{ pods }}")`.
 *
 * @see "The Render URL API" of the Graphite documentation
 */
export const graphite = defineMetricProvider<EndpointConfig>({
  kind: 'graphite',
  config: endpointConfig,
  connect: (config, services) => {
    const endpoint = endpointOf(config, services);
    return {
      query: async ({ query, window, signal }) => {
        const { text: target, reduce } = splitReduction(endpoint, query);
        const url = new URL(endpoint.baseUrl);
        url.pathname = `${url.pathname.replace(/\/+$/, '')}/render`;
        url.searchParams.set('target', target);
        url.searchParams.set('format', 'json');
        // The first second is left out by Graphite, points beyond by us.
        url.searchParams.set('from', seconds(window.from, -1));
        url.searchParams.set('until', seconds(window.to, 1));
        const series = await askJson(endpoint, url, {
          api: 'Graphite',
          answer,
          reason: (_, text) => firstLine(text),
          signal,
        });
        if (series.length > 1) throw severalSeries(endpoint, series.length);
        const points = series.flatMap(({ datapoints }) =>
          datapoints.flatMap(([value, at]) =>
            value !== null && at * 1000 >= window.from && at * 1000 < window.to
              ? [value]
              : [],
          ),
        );
        return {
          value: points.length > 0 ? reduce(points) : undefined,
          warnings: [],
        };
      },
      canLookBack: true,
      escape,
    };
  },
});

function seconds(ms: number, more: number): string {
  return String(Math.floor(ms / 1000) + more);
}

/** What Graphite says as plain text; a page of a proxy is not its word. */
function firstLine(text: string): string | undefined {
  const [line] = text.trim().split('\n', 1);
  return /^[<[{]/.test(line) ? undefined : line;
}

/**
 * One part of a metric's path, with everything that would end it written as an
 * underscore, as collectors do. A pattern stands in quotes, which no argument
 * can end either.
 */
function escape(argument: QueryArgument): string {
  switch (argument.type) {
    case 'durationMs':
      return `${Math.max(1, Math.round(argument.value / 1000))}s`;
    case 'pattern':
      return argument.value.replace(/["'#&\p{Cc}]/gu, '.');
    default:
      return argument.value.replace(/[^\p{L}\p{N}_-]/gu, '_');
  }
}
