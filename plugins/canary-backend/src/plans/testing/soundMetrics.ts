import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { MetricDefinition } from 'backstage-plugin-canary-common';
import { readMetricDefinitions } from '../readMetricDefinitions';
import { MetricRegistries } from '../registries';

/**
 * The metrics of a configuration, for tests that want every one of them.
 *
 * @throws InputError with every problem of every metric
 */
export function soundMetrics(
  config: Config,
  registries: MetricRegistries,
): Readonly<Record<string, MetricDefinition>> {
  const { definitions, disabled } = readMetricDefinitions(config, registries);
  if (disabled.size === 0) return definitions;
  throw new InputError([...disabled.values()].join('\n'));
}
