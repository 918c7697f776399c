import { Measurement, RolloutEvent } from 'backstage-plugin-canary-common';
import { Instant } from '../../rollout';

/** What the machine did to the runs of a rollout, as its history tells. */
export type RunMark =
  | {
      readonly kind: 'opened';
      readonly at: Instant;
      readonly scope: string;
      readonly metrics: readonly string[];
      readonly weight: number;
      readonly windowFrom: Instant;
    }
  | { readonly kind: 'closed'; readonly at: Instant; readonly scope: string }
  /** All windows begin anew. */
  | { readonly kind: 'moved'; readonly at: Instant };

/** The measurements of one instant, or what was done to the runs. */
export type HistoryItem =
  | { readonly mark: RunMark }
  | { readonly at: Instant; readonly rows: readonly Measurement[] };

/**
 * Measurements and marks in the order in which they happened, both oldest
 * first. What a tick measured came before what it decided.
 */
export function historyOf(
  measurements: readonly Measurement[],
  events: readonly RolloutEvent[],
): readonly HistoryItem[] {
  const ticks = [...ticksOf(measurements)];
  const marks = events.flatMap(marksOf);
  const items: HistoryItem[] = [];
  for (const tick of ticks) {
    while (marks.length > 0 && marks[0].at < tick.at) {
      items.push({ mark: marks.shift()! });
    }
    items.push(tick);
  }
  return [...items, ...marks.map(mark => ({ mark }))];
}

function* ticksOf(measurements: readonly Measurement[]) {
  let rows: Measurement[] = [];
  for (const row of measurements) {
    if (rows.length > 0 && rows[0].at !== row.at) {
      yield { at: Date.parse(rows[0].at), rows };
      rows = [];
    }
    rows.push(row);
  }
  if (rows.length > 0) yield { at: Date.parse(rows[0].at), rows };
}

function marksOf({ at: iso, kind, data }: RolloutEvent): RunMark[] {
  const at = Date.parse(iso);
  const { analysis, scope, metrics, weight, windowFrom, decision } = data;
  if (analysis === 'opened' && typeof scope === 'string') {
    const opened = {
      metrics: Array.isArray(metrics) ? metrics.map(String) : [],
      weight: Number(weight),
      windowFrom: Date.parse(String(windowFrom)),
    };
    return [{ kind: 'opened', at, scope, ...opened }];
  }
  if (analysis === 'closed' && typeof scope === 'string') {
    return [{ kind: 'closed', at, scope }];
  }
  const moves =
    kind === 'ExposureChanged' ||
    kind === 'ControllerGap' ||
    decision === 'keepShare';
  return moves ? [{ kind: 'moved', at }] : [];
}
