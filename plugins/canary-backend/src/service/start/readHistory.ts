import {
  Measurement,
  MetricDefinition,
  Plan,
} from 'backstage-plugin-canary-common';
import { CountedWindow, MeasuredHistory, RolloutTarget } from '../../rollout';
import { HistoryStore, RolloutStore, StoredRollout } from '../../store';

/** Several A/A rollouts teach more than one, and old ones less. */
const OBSERVED = 3;
/** A rollout may have counted nothing: it crashed, say. */
const LATEST = 5;
/** Measurements of one rollout; hours of readings. */
const MEASUREMENTS = 1000;

/** What is asked of the store: rollouts of a workload, and what each measured. */
export interface EarlierRollouts {
  readonly latest: RolloutStore['latest'];
  readonly measurements: HistoryStore['measurements'];
}

/**
 * What the latest rollouts of a workload measured of a plan's metrics, as far
 * as they asked the same question. Reads a handful of pages, each bounded.
 */
export async function readHistory(
  store: EarlierRollouts,
  target: RolloutTarget,
  plan: Plan,
): Promise<MeasuredHistory> {
  const counted = Object.values(plan.metrics).filter(
    ({ kind }) => kind === 'ratio' || kind === 'latency',
  );
  if (counted.length === 0) return {};
  const [observed, latest] = await Promise.all([
    store.latest({ target, observed: true, limit: OBSERVED }),
    store.latest({ target, limit: LATEST }),
  ]);
  const read = await readAll(store, [...observed, ...latest]);

  return Object.fromEntries(
    counted.map(definition => {
      const windowsOf = (stored: StoredRollout) =>
        asksTheSame(stored, definition)
          ? windows(read.get(stored.state.id) ?? [], definition.name)
          : [];
      const taught = observed.filter(one => windowsOf(one).length > 0);
      const last = latest.find(one => windowsOf(one).length > 0);
      return [
        definition.name,
        {
          observed:
            taught.length > 0
              ? {
                  rolloutId: taught[0].state.id,
                  windows: taught.flatMap(windowsOf),
                }
              : undefined,
          latest: last && {
            at: lastAt(read.get(last.state.id)!, definition.name),
            windows: windowsOf(last),
          },
        },
      ];
    }),
  );
}

async function readAll(
  store: EarlierRollouts,
  rollouts: readonly StoredRollout[],
): Promise<ReadonlyMap<string, readonly Measurement[]>> {
  const ids = [...new Set(rollouts.map(({ state }) => state.id))];
  const pages = await Promise.all(
    ids.map(id => store.measurements(id, { limit: MEASUREMENTS })),
  );
  return new Map(ids.map((id, index) => [id, pages[index].items]));
}

/** Whether the rollout's metric of that name counted what this one counts. */
function asksTheSame(
  { state }: StoredRollout,
  definition: MetricDefinition,
): boolean {
  const { metrics } = state.plan;
  return (
    Object.hasOwn(metrics, definition.name) &&
    question(metrics[definition.name]) === question(definition)
  );
}

function question(definition: MetricDefinition): string {
  return JSON.stringify([definition.source, ...queriesOf(definition)]);
}

/** What decides the numbers that a metric counts. */
function queriesOf(definition: MetricDefinition): readonly unknown[] {
  switch (definition.kind) {
    case 'ratio':
      return ['ratio', definition.events, definition.total];
    case 'latency':
      return ['latency', definition.buckets, definition.boundScale];
    default:
      return ['value', definition.query];
  }
}

/** Runs that overlap record the same window each; it counts once. */
function windows(
  measurements: readonly Measurement[],
  metric: string,
): readonly CountedWindow[] {
  const byTime = new Map<string, CountedWindow>();
  for (const { metric: name, window, counts } of measurements) {
    if (name !== metric || !counts) continue;
    const durationMs = Date.parse(window.to) - Date.parse(window.from);
    byTime.set(`${window.from}/${window.to}`, { counts, durationMs });
  }
  return [...byTime.values()];
}

function lastAt(measurements: readonly Measurement[], metric: string): string {
  return measurements
    .filter(one => one.metric === metric && one.counts)
    .reduce((last, { at }) => (at > last ? at : last), '');
}
