import { MetricDefinition } from 'backstage-plugin-canary-common';

/** Whether a sample is known of a metric: those that count have it with their counts. */
export function countsRequests(metric: MetricDefinition): boolean {
  return (
    metric.kind === 'ratio' ||
    metric.kind === 'latency' ||
    metric.sampleQuery !== undefined
  );
}
