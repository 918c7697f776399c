import { MetricProvider } from 'backstage-plugin-canary-node';
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
export const builtInMetricProviders: readonly MetricProvider[] = [
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
];
