import { ConfigReader } from '@backstage/config';
import {
  LatencyMetric,
  MetricDefinition,
} from 'backstage-plugin-canary-common';
import { MetricSource } from 'backstage-plugin-canary-node';
import { builtInJudges, judgeReading } from '../../analysis';
import { openRun } from '../../rollout';
import { soundMetrics } from '../../plans/testing/soundMetrics';
import { measure } from '../reading/measure';
import { metricPresets } from './presets';
import { readWays } from '../prometheus';
import {
  QUERY_ARGUMENTS,
  renderQuery,
  validateTemplate,
} from '../reading/queryTemplate';

const NOW = Date.UTC(2026, 10, 24);
const names = Object.keys(metricPresets);

function read(metrics: object) {
  const config = new ConfigReader({ canary: { metrics } } as any);
  return soundMetrics(config, {
    judges: builtInJudges(),
    sources: ['prom', 'kubernetes'],
    presets: metricPresets,
    validateTemplate,
  });
}

function templatesOf(metric: MetricDefinition): readonly string[] {
  switch (metric.kind) {
    case 'ratio':
      return [metric.events, metric.total];
    case 'latency':
      return [metric.buckets];
    default:
      return [metric.query];
  }
}

/** By the name of the histogram, as its documentation has it. */
function inSeconds({ buckets }: LatencyMetric): boolean {
  return /_seconds_bucket\{/.test(buckets);
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
    const args = Object.fromEntries(
      QUERY_ARGUMENTS.map(one => [one, { type: 'string', value: `<${one}>` }]),
    ) as Parameters<typeof renderQuery>[1];
    const templates = templatesOf(metric);
    expect(templates).not.toEqual([]);
    for (const template of templates) {
      const query = renderQuery(template, args, one => String(one.value));
      expect(query).not.toContain('{{');
      // A figure of all workloads together would say nothing of either.
      expect(template).toMatch(/\{\{ (workload|service|pods) \}\}/);
    }
  });

  const families = names
    .filter(name => name.endsWith('/latency'))
    .map(name => name.split('/')[0]);

  it.each(families)(
    'judges errors and latency of %s by evidence, without a threshold',
    family => {
      const { errors, latency } = read({
        errors: { preset: `${family}/error-rate`, source: 'prom' },
        latency: { preset: `${family}/latency`, source: 'prom' },
      });
      const byEvidence = {
        judge: { kind: 'sequential', params: { alpha: 0.05 } },
        minimumSample: 100,
      };
      expect(errors).toMatchObject({
        ...byEvidence,
        kind: 'ratio',
        unit: 'percent',
      });
      expect(latency).toMatchObject({
        ...byEvidence,
        kind: 'latency',
        unit: 'ms',
        boundScale: latency.kind === 'latency' && inSeconds(latency) ? 1000 : 1,
      });
    },
  );

  it.each(names.filter(name => !name.startsWith('kubernetes/')))(
    'is asked once for all rollouts that use %s',
    name => {
      const { metric } = read({ metric: { preset: name, source: 'prom' } });
      for (const template of templatesOf(metric)) {
        expect(
          readWays(template.replaceAll('{{ window }}', '60s')),
        ).toBeDefined();
      }
    },
  );

  it('lets a threshold and a unit of the own overrule it', () => {
    const { errors, latency } = read({
      errors: {
        preset: 'istio/error-rate',
        source: 'prom',
        judge: { kind: 'threshold', max: 1 },
      },
      latency: {
        preset: 'istio/latency',
        source: 'prom',
        unit: 's',
        objective: 0.25,
        minimumSample: 500,
      },
    });
    expect(errors).toMatchObject({
      kind: 'ratio',
      judge: { kind: 'threshold', params: { max: 1 } },
      minimumSample: 20,
    });
    expect(latency).toMatchObject({
      unit: 's',
      boundScale: 0.001,
      objective: 0.25,
      judge: { params: { objective: 0.25 } },
      minimumSample: 500,
    });
  });

  it('lets a query of the own take its place, as a value', () => {
    const own = {
      preset: 'istio/latency',
      source: 'prom',
      kind: 'value',
      query: 'histogram_quantile(0.99, x{pod=~"{{ pods }}"})',
      judge: { kind: 'threshold', max: 300 },
    };
    expect(read({ own }).own).toMatchObject({
      kind: 'value',
      title: 'Latency (Istio)',
      query: own.query,
      unit: 'ms',
    });
  });

  it('wants a source where none is there by itself', () => {
    expect(() => read({ metric: { preset: 'istio/latency' } })).toThrow(
      'canary.metrics.metric.source: is missing',
    );
  });

  describe('with a threshold of the own on one window', () => {
    /** What it says of a canary with these numbers beside a healthy stable. */
    async function judged(
      { preset, success }: { preset: string; success: string },
      canary: { requests: number; bad: number },
    ) {
      const { metric } = read({
        metric: {
          preset,
          source: 'prom',
          judge: { kind: 'threshold', success },
        },
      });
      const stable = { requests: 1_000, bad: 10 };
      const of = (query: string) =>
        query.includes('workload="c"') ? canary : stable;
      const source: MetricSource = {
        escape: ({ value }) => String(value),
        query: async ({ query }) => ({
          value: query.includes('5..') ? of(query).bad : of(query).requests,
          at: NOW,
          warnings: [],
        }),
        queryBuckets: async ({ query }) => ({
          buckets: [
            { bound: 100, count: of(query).requests - of(query).bad },
            { bound: 1_000, count: of(query).requests },
            { bound: Infinity, count: of(query).requests },
          ],
          at: NOW,
          warnings: [],
        }),
      };
      const run = openRun({
        scope: 'gate',
        metrics: ['metric'],
        startedAt: NOW - 60_000,
        windowFrom: NOW - 60_000,
        weight: 50,
        intervalMs: 60_000,
        windowMs: 60_000,
        endsAt: NOW,
      });
      const namespace = { type: 'string', value: 'shop' } as const;
      const reading = await measure({
        run,
        metric,
        now: NOW,
        arms: {
          canary: { namespace, workload: { type: 'string', value: 'c' } },
          stable: { namespace, workload: { type: 'string', value: 's' } },
        },
        sources: { get: () => source },
        signal: new AbortController().signal,
      });
      return judgeReading({
        reading,
        definition: metric,
        run,
        judges: builtInJudges(),
        memory: { requests: { canary: 0, stable: 0 } },
      }).measurement;
    }

    const ERRORS = {
      preset: 'istio/error-rate',
      success: 'canary <= stable + 1.0',
    };
    const LATENCY = {
      preset: 'istio/latency',
      success: 'canary <= stable * 1.5',
    };

    it.each([
      [ERRORS, { requests: 100, bad: 1 }, 'Pass', 1],
      [ERRORS, { requests: 100, bad: 5 }, 'Fail', 5],
      [ERRORS, { requests: 19, bad: 0 }, 'NoData', 0],
      [LATENCY, { requests: 100, bad: 2 }, 'Pass', (100 * 95) / 98],
      [LATENCY, { requests: 100, bad: 50 }, 'Fail', 910],
      [LATENCY, { requests: 19, bad: 0 }, 'NoData', 95],
    ] as const)('%j of %j is %s', async (rule, canary, verdict, value) => {
      const measurement = await judged(rule, canary);
      expect(measurement.verdict).toBe(verdict);
      expect(measurement.canary).toBeCloseTo(value, 6);
    });
  });
});
