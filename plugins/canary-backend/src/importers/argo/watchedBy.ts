import { DEFAULT_INTERVAL_MS, Watched } from '../draftPlan';
import { SourceNode } from '../SourceNode';
import { ImportedMetric } from './importMetric';

/** Measurements of a metric that goes on for ever, in a step that must end. */
const FEW = 5;

/** The metrics of one analysis as one policy: a plan has one interval for all. */
export function watchedBy(
  all: readonly ImportedMetric[],
  analysis: SourceNode,
): { readonly watched: Watched; readonly delayMs: number } {
  const at = templateNameIn(analysis);
  const metrics = all.filter(({ isDryRun }) => !isDryRun);
  const intervals = metrics.flatMap(({ intervalMs }) => intervalMs ?? []);
  const intervalMs = Math.max(
    1_000,
    intervals.length > 0 ? Math.min(...intervals) : DEFAULT_INTERVAL_MS,
  );
  if (new Set(intervals).size > 1) {
    at.note(
      'changed',
      'Its metrics have different intervals; the shortest of them is that of all here.',
    );
  }
  if (metrics.length > 0 && intervals.length === 0) {
    at.note(
      'check',
      'Its metrics are measured once and name no interval; the measurement is taken one minute after the weight stands.',
    );
  }
  // Counts speak of each metric's own interval.
  const longestMs = Math.max(
    0,
    ...metrics.map(
      one =>
        (one.intervalMs ?? intervalMs) *
        (one.count ?? (one.intervalMs === undefined ? 1 : FEW)),
    ),
  );
  const delayMs = Math.max(0, ...metrics.map(one => one.initialDelayMs));
  const windowMs = Math.max(0, ...metrics.map(one => one.longestRangeMs));
  return {
    delayMs,
    watched: {
      metrics: [...new Set(metrics.map(({ name }) => name))],
      intervalMs,
      measurements: Math.min(10_000, Math.ceil(longestMs / intervalMs)),
      windowMs: windowMs >= 1_000 ? windowMs : undefined,
    },
  };
}

/** A place for what is said of an analysis as a whole. */
function templateNameIn(analysis: SourceNode): SourceNode {
  const [first = analysis] = analysis.get('templates').items();
  return first.get('templateName');
}
