import { instrumentations, Instrumentation } from './instrumentations';

/**
 * What a ready-made metric says of itself; a user may overrule any of it, and
 * everything else has the default of every metric.
 */
export interface MetricPreset {
  readonly title: string;
  /** Only of a source that is there without configuration. */
  readonly source?: string;
  readonly query: string;
  readonly sampleQuery?: string;
  readonly minimumSample?: number;
  readonly failureLimit?: number;
  readonly unit: string;
  readonly judge: { readonly kind: string; readonly [key: string]: unknown };
  readonly baseline?: 'stable';
}

/** Requests below which a share or a percentile is a matter of luck. */
const MINIMUM_SAMPLE = 20;

/**
 * Ready-made metrics by their names, `istio/error-rate`: for every
 * instrumentation `error-rate` (percent of the requests), `latency` (the 95th
 * percentile, ms) and `request-rate`, all in PromQL; and what the `kubernetes`
 * source knows.
 */
export const metricPresets: Readonly<Record<string, MetricPreset>> = {
  ...Object.fromEntries(
    Object.entries(instrumentations).flatMap(([family, one]) =>
      Object.entries(presetsOf(one)).map(([figure, preset]) => [
        `${family}/${figure}`,
        preset,
      ]),
    ),
  ),
  'kubernetes/restarts': ofPods('Restarts of containers', 'restarts', {
    unit: 'restarts/pod',
    judge: { kind: 'threshold', max: 0 },
  }),
  'kubernetes/oom-kills': ofPods('Kills for memory', 'oom-kills', {
    unit: 'kills/pod',
    judge: { kind: 'threshold', max: 0 },
  }),
  'kubernetes/pod-health': {
    ...ofPods('Unhealthy pods', 'unhealthy', {
      unit: 'percent',
      // What befalls both versions alike is the node's doing, or the network's.
      judge: { kind: 'comparison', maxIncrease: 0 },
    }),
    // One look at a pod that is just not ready proves nothing.
    failureLimit: 1,
  },
  'kubernetes/readiness': ofPods('Ready pods', 'readiness', {
    unit: 'percent',
    judge: { kind: 'threshold', min: 100 },
  }),
};

/**
 * Metrics that are there without configuration, and that every plan with an
 * analysis has unless it says otherwise. An entry of the same name in
 * `canary.metrics` takes its place.
 */
export const defaultMetrics: Readonly<Record<string, object>> = {
  'pod-health': { preset: 'kubernetes/pod-health' },
};

function presetsOf(one: Instrumentation): Record<string, MetricPreset> {
  const all = sum('increase', one, one.requests);
  const failed = sum('increase', one, one.requests, one.failed);
  const slow = sum('increase', one, one.durations, undefined, 'by (le) ');
  const toMs = one.unit === 's' ? '1000 * ' : '';
  const sample = { sampleQuery: all, minimumSample: MINIMUM_SAMPLE };
  return {
    'error-rate': {
      title: `Error rate (${one.title})`,
      query: `100 * (${failed} or vector(0)) / (${all})`,
      ...sample,
      unit: 'percent',
      judge: { kind: 'threshold', success: 'canary <= stable + 1.0' },
    },
    latency: {
      title: `Latency, 95th percentile (${one.title})`,
      query: `${toMs}histogram_quantile(0.95, ${slow})`,
      ...sample,
      unit: 'ms',
      judge: { kind: 'threshold', success: 'canary <= stable * 1.5' },
    },
    'request-rate': {
      title: `Request rate (${one.title})`,
      query: sum('rate', one, one.requests),
      unit: 'requests/s',
      judge: { kind: 'threshold', success: 'canary > 0.0' },
    },
  };
}

/** The first of the ways to name an arm that finds any series. */
function sum(
  change: 'increase' | 'rate',
  { arms }: Instrumentation,
  counter: string,
  condition?: string,
  by = '',
): string {
  return arms
    .map(labels => (condition ? `${labels}, ${condition}` : labels))
    .map(labels => `sum ${by}(${change}(${counter}{${labels}}[{{ window }}]))`)
    .join(' or ');
}

function ofPods(
  title: string,
  figure: string,
  others: Pick<MetricPreset, 'unit' | 'judge'>,
): MetricPreset {
  return {
    title,
    source: 'kubernetes',
    query: `${figure}?cluster={{ cluster }}&namespace={{ namespace }}&workload={{ workload }}`,
    // Kubernetes tells only of now, so that a plan's earlier window cannot be meant.
    baseline: 'stable',
    ...others,
  };
}
