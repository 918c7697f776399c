import { ConfigReader } from '@backstage/config';
import { builtInJudges } from '../analysis';
import { readMetricDefinitions } from '../plans';
import { metricPresets } from './presets';
import {
  QUERY_ARGUMENTS,
  renderQuery,
  validateTemplate,
} from './queryTemplate';

const names = Object.keys(metricPresets);

function read(metrics: object) {
  const config = new ConfigReader({ canary: { metrics } } as any);
  return readMetricDefinitions(config, {
    judges: builtInJudges,
    sources: ['prom', 'kubernetes'],
    presets: metricPresets,
    validateTemplate,
  });
}

describe('metricPresets', () => {
  it('has three figures of every instrumentation, and those of pods', () => {
    const figures = names.map(name => name.split('/')[1]);
    const count = (figure: string) =>
      figures.filter(one => one === figure).length;
    expect(names).toEqual(
      expect.arrayContaining(
        [
          'istio',
          'istio-gateway',
          'contour',
          'nginx-ingress',
          'linkerd',
          'traefik',
          'opentelemetry',
          'micrometer',
          'prom-client',
        ].map(family => `${family}/error-rate`),
      ),
    );
    expect(count('latency')).toBe(count('error-rate'));
    expect(count('request-rate')).toBe(count('error-rate'));
    expect(names).toContain('kubernetes/restarts');
  });

  it.each(names)('reads %s as a metric and fills its queries', name => {
    const source = name.startsWith('kubernetes/') ? {} : { source: 'prom' };
    const { metric } = read({ metric: { preset: name, ...source } });
    if (metric.kind !== 'value') throw new Error(`${name} is no value`);
    const args = Object.fromEntries(
      QUERY_ARGUMENTS.map(one => [one, { type: 'string', value: `<${one}>` }]),
    ) as Parameters<typeof renderQuery>[1];
    for (const template of [metric.query, metric.sampleQuery ?? '']) {
      const query = renderQuery(template, args, one => String(one.value));
      expect(query).not.toContain('{{');
    }
    // A figure of all workloads together would say nothing of either.
    expect(metric.query).toMatch(/\{\{ (workload|service|pods) \}\}/);
  });

  it('wants a source where none is there by itself', () => {
    expect(() => read({ metric: { preset: 'istio/latency' } })).toThrow(
      'canary.metrics.metric.source: is missing',
    );
  });
});
