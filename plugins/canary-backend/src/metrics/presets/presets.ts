import { instrumentations, Instrumentation } from './instrumentations';

/**
 * What a ready-made metric says of itself, as an entry of `canary.metrics`
 * would; a user may overrule any of it, and everything else has the default of
 * every metric of its kind: the judge of a ratio and of latency, for instance.
 */
export type MetricPreset = ValuePreset | RatioPreset | LatencyPreset;

interface PresetBase {
  readonly title: string;
  /** Only of a source that is there without configuration. */
  readonly source?: string;
  readonly minimumSample?: number;
  readonly failureLimit?: number;
  readonly baseline?: 'stable';
}

interface ValuePreset extends PresetBase {
  readonly kind: 'value';
  readonly query: string;
  readonly unit: string;
  readonly judge: { readonly kind: string; readonly [key: string]: unknown };
}

interface RatioPreset extends PresetBase {
  readonly kind: 'ratio';
  readonly events: string;
  readonly total: string;
}

interface LatencyPreset extends PresetBase {
  readonly kind: 'latency';
  readonly buckets: string;
  readonly unit: 'ms';
  readonly bucketUnit: Instrumentation['unit'];
}

/**
 * Requests of a window below which a share or a percentile is a matter of luck,
 * where a judge of the user's own looks at one window alone.
 */
const MINIMUM_SAMPLE = 20;

/**
 * Ready-made metrics by their names, `istio/error-rate`: for every
 * instrumentation `error-rate` and `latency`, which count requests, and
 * `request-rate`, all in PromQL; and what the `kubernetes` source knows.
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
  const failed = sum('increase', one, one.requests, one.failed);
  return {
    'error-rate': {
      kind: 'ratio',
      title: `Error rate (${one.title})`,
      // No failures are no series of failures, as far as there are requests.
      events: `${failed} or vector(0)`,
      total: sum('increase', one, one.requests),
      minimumSample: MINIMUM_SAMPLE,
    },
    latency: {
      kind: 'latency',
      title: `Latency (${one.title})`,
      buckets: sum('increase', one, one.durations, undefined, 'by (le) '),
      unit: 'ms',
      bucketUnit: one.unit,
      minimumSample: MINIMUM_SAMPLE,
    },
    'request-rate': {
      kind: 'value',
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
  others: Pick<ValuePreset, 'unit' | 'judge'>,
): ValuePreset {
  return {
    kind: 'value',
    title,
    source: 'kubernetes',
    query: `${figure}?cluster={{ cluster }}&namespace={{ namespace }}&workload={{ workload }}`,
    // Kubernetes tells only of now, so that a plan's earlier window cannot be meant.
    baseline: 'stable',
    ...others,
  };
}
