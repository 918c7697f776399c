import { MetricProvider } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { cloudwatch } from './cloudwatch';
import { datadog } from './datadog';
import { elasticsearch, opensearch } from './elasticsearch';
import { googlecloud } from './googlecloud';
import { graphite } from './graphite';
import { influxdb } from './influxdb';
import { kubernetes } from './kubernetes';
import { newrelic } from './newrelic';
import { prometheus } from './prometheus';
import { web } from './web';

/** The kinds of metrics sources that come with the plugin; modules add theirs. */
export const builtInMetricProviders = () =>
  new Registry<MetricProvider>('metric provider', [
    cloudwatch,
    datadog,
    elasticsearch,
    googlecloud,
    graphite,
    influxdb,
    kubernetes,
    newrelic,
    opensearch,
    prometheus,
    web,
  ]);
