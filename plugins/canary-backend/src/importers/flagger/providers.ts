import { addressOf } from '../address';
import { fluxWindow, graphiteTarget, withoutTimes } from '../dialects';
import { FromEnvironment } from '../Draft';
import { QueryText, withWindow } from '../queryText';
import {
  datadogSource,
  influxdbSource,
  newrelicSource,
} from '../serverSources';
import { SourceNode } from '../SourceNode';

/** How each of Flagger's providers is asked here; the others cannot be. */
export const flaggerProviders: Readonly<
  Record<
    string,
    {
      source(provider: SourceNode): { kind: string; [key: string]: unknown };
      query(filled: QueryText, node: SourceNode): string;
    }
  >
> = {
  prometheus: {
    source: provider => ({
      kind: 'prometheus',
      url: urlOf(provider, 'PROMETHEUS_URL'),
    }),
    query: (filled, node) => {
      const { query, rangesMs } = withWindow(filled);
      if (rangesMs.length > 0)
        node.note(
          'changed',
          'A fixed range became {{ window }}: only what was measured at the present weight counts.',
        );
      return query;
    },
  },
  datadog: {
    source: provider => {
      provider
        .get('address')
        .note(
          'changed',
          'The organisation’s site says where it is; set site for another than datadoghq.com.',
        );
      return datadogSource;
    },
    query: ({ query }) => query.replace(/\s*\n\s*/g, ' '),
  },
  newrelic: {
    source: () => newrelicSource,
    query: ({ query }, node) => withoutTimes(query, node),
  },
  cloudwatch: {
    source: provider => ({
      kind: 'cloudwatch',
      region:
        provider.get('region').text() ?? new FromEnvironment('AWS_REGION'),
    }),
    query: ({ query }) => query,
  },
  graphite: {
    source: provider => ({
      kind: 'graphite',
      url: urlOf(provider, 'GRAPHITE_URL'),
    }),
    query: ({ query }, node) => graphiteTarget(query, node),
  },
  influxdb: {
    source: provider => ({
      ...influxdbSource,
      url: urlOf(provider, 'INFLUXDB_URL'),
    }),
    query: ({ query }, node) => fluxWindow(query, node),
  },
};

function urlOf(provider: SourceNode, variable: string) {
  const node = provider.get('address');
  return addressOf(
    node.exists ? node : provider.get('type'),
    node.text(),
    variable,
  );
}
