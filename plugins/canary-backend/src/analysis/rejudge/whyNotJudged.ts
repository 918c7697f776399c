import { Measurement, MetricDefinition } from 'backstage-plugin-canary-common';
import { Judge } from 'backstage-plugin-canary-node';
import { Registry } from '../../registry';
import { baselineWords } from '../baselineWords';

/** Keys of a definition that say what was measured, and how. */
const MEASURED_BY = [
  'kind',
  'source',
  'unit',
  'query',
  'sampleQuery',
  'events',
  'total',
  'buckets',
  'boundScale',
] as const;

/**
 * Why measurements of `before` cannot be judged by the rules of `after`, as a
 * sentence; undefined when they can.
 */
export function whyNotJudged(options: {
  readonly before?: MetricDefinition;
  readonly after?: MetricDefinition;
  readonly rows: readonly Measurement[];
  readonly judges: Registry<Judge>;
}): string | undefined {
  const { before, after, rows, judges } = options;
  if (!after) return 'The other plan does not look at this metric.';
  if (!before || rows.length === 0) {
    return 'This rollout never measured it.';
  }
  const other = MEASURED_BY.filter(
    key => valueOf(before, key) !== valueOf(after, key),
  );
  if (other.length > 0) {
    return `It is measured otherwise today (${other.join(
      ', ',
    )}), so what was stored is not what these rules speak of.`;
  }
  const { kind } = after.judge;
  const judge = judges.find(kind);
  if (!judge) {
    return `The judge "${kind}" is not installed; install its module.`;
  }
  const [stored, wanted] = [before, after].map(comparedWith);
  if (judge.needsStable(after.judge.params) && stored !== wanted) {
    return `It is compared with ${wanted} today, and what was stored is of ${stored}.`;
  }
  if (judge.needsCounts && !rows.some(({ counts }) => counts)) {
    return `The judge "${kind}" compares counts of requests, and none are stored with these measurements.`;
  }
  return undefined;
}

function comparedWith({ baseline }: MetricDefinition): string {
  return baselineWords(baseline) ?? 'the stable version';
}

function valueOf(definition: MetricDefinition, key: string): unknown {
  const value = (definition as unknown as Record<string, unknown>)[key];
  return key === 'kind' ? value ?? 'value' : value;
}
