import { MetricDefinition, Plan } from 'backstage-plugin-canary-common';
import { rolloutFixture } from '../../../store/testing/rolloutFixture';
import { builtInJudges } from '../../judges';

const base = {
  source: 'main',
  failureLimit: 0,
  inconclusiveLimit: 0,
};

/** A judge with what its schema makes of the parameters. */
export function judgeOf(kind: string, params: object = {}) {
  const judge = builtInJudges().get(kind);
  return { kind, params: { ...judge.params.parse(params) } };
}

/** Requests that were bad, of all. */
export const errorRate: MetricDefinition = {
  ...base,
  name: 'error-rate',
  title: 'Error rate',
  kind: 'ratio',
  events: 'bad',
  total: 'all',
  unit: 'percent',
  minimumSample: 400,
  judge: judgeOf('sequential'),
};

const latency: MetricDefinition = {
  ...base,
  name: 'latency',
  title: 'Latency',
  kind: 'latency',
  buckets: 'buckets',
  boundScale: 1,
  unit: 'ms',
  minimumSample: 300,
  judge: judgeOf('sequential', { phi: 2, objective: 100 }),
};

const value = (
  name: string,
  change: Partial<MetricDefinition>,
): MetricDefinition =>
  ({
    ...base,
    name,
    title: name,
    kind: 'value',
    query: 'q',
    sampleQuery: 's',
    unit: 'ms',
    minimumSample: 20,
    ...change,
  } as MetricDefinition);

/** A plan with a metric of every kind, for every built-in judge. */
export function everyKindOfMetric(): Plan {
  const metrics = [
    errorRate,
    latency,
    value('p95', {
      judge: judgeOf('threshold', { max: 1.4 }),
      failureLimit: 3,
      inconclusiveLimit: 2,
    }),
    value('relative', {
      judge: judgeOf('threshold', { success: 'canary < stable * 1.5' }),
      failureLimit: 5,
    }),
    value('ranks', { judge: judgeOf('kayenta', { minimumPoints: 3 }) }),
  ];
  return {
    ...rolloutFixture('r1').plan,
    metrics: Object.fromEntries(metrics.map(one => [one.name, one])),
  };
}
