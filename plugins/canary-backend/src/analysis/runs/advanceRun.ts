import {
  Measurement,
  MetricDefinition,
  Verdict,
} from 'backstage-plugin-canary-common';
import { AnalysisRun, Instant, alignDown, MetricState } from '../../rollout';
import { JudgedReading } from './judgeReading';
import { isUsable, latestVerdict, metricVerdict } from './metricVerdict';

/** A failing source is asked at most this many intervals later. */
const LONGEST_BACK_OFF = 4;

/** Usable measurements in a row that end a drought: one alone may be luck. */
const USABLE_TO_RECOVER = 2;

/**
 * The run after the measurements of one tick. Those of another scope, of an
 * unknown metric, or taken over a window that is no longer ours (the weight has
 * changed meanwhile) are ignored.
 */
export function advanceRun(
  run: AnalysisRun,
  judged: readonly JudgedReading[],
  definitions: Readonly<Record<string, MetricDefinition>>,
  now: Instant,
): AnalysisRun {
  const ours = judged.filter(({ measurement }) => belongs(run, measurement));
  if (ours.length === 0) return run;
  return {
    ...run,
    metrics: run.metrics.map(state => {
      const definition = definitions[state.metric];
      return ours
        .filter(({ measurement }) => measurement.metric === state.metric)
        .reduce(
          (before, one) =>
            definition
              ? advanceMetric(before, one, definition, run.intervalMs, now)
              : before,
          state,
        );
    }),
  };
}

function belongs(run: AnalysisRun, measurement: Measurement): boolean {
  return (
    measurement.scope === run.scope &&
    measurement.weight === run.weight &&
    Date.parse(measurement.window.from) >= run.windowFrom
  );
}

function advanceMetric(
  before: MetricState,
  judged: JudgedReading,
  definition: MetricDefinition,
  intervalMs: number,
  now: Instant,
): MetricState {
  const { measurement, judgeState, cumulative, settled, requests } = judged;
  const { verdict } = measurement;
  const usable = isUsable(verdict);
  const sample = decidingSample(judged, definition);
  const growing =
    verdict === 'NoData' &&
    sample !== undefined &&
    sample < definition.minimumSample &&
    sample > (before.lastSample ?? 0);
  const usableInARow = usable ? before.usableInARow + 1 : 0;
  const errorsInARow = verdict === 'Error' ? before.errorsInARow + 1 : 0;
  const counts = { ...before.counts, [verdict]: before.counts[verdict] + 1 };
  const passesInARow = passesAfter(before, verdict);
  const { consecutiveErrorLimit: mostErrors = Infinity } = definition;
  const at = Date.parse(measurement.at);
  const {
    unusableSince,
    lastSample: _,
    growing: __,
    settled: ___,
    needsMore: ____,
    exhausted: _____,
    ...kept
  } = before;
  const drought = droughtSince({
    unusableSince,
    usable,
    growing,
    usableInARow,
    at,
  });
  return {
    ...kept,
    ...(cumulative
      ? latestVerdict(measurement)
      : metricVerdict({ counts, passesInARow }, measurement, definition)),
    counts,
    at,
    // From the grid, so that a look that came late does not make all others late.
    dueAt:
      alignDown(Math.max(at, now), intervalMs) +
      waitMs(intervalMs, errorsInARow),
    usableInARow,
    errorsInARow,
    passesInARow,
    exhausted: errorsInARow > mostErrors || undefined,
    unusableSince: drought,
    lastSample: sample,
    growing: growing || undefined,
    ...(settled && { settled }),
    ...(judgeState && { judgeState }),
    ...(cumulative &&
      verdict !== 'Error' && { until: Date.parse(measurement.window.to) }),
    ...(requests && { requests }),
  };
}

/** What is missing now neither adds to a row of passes nor breaks it. */
function passesAfter(
  { passesInARow = 0 }: MetricState,
  verdict: Verdict,
): number {
  if (!isUsable(verdict)) return passesInARow;
  return verdict === 'Pass' ? passesInARow + 1 : 0;
}

function droughtSince(facts: {
  readonly unusableSince?: Instant;
  readonly usable: boolean;
  readonly growing: boolean;
  readonly usableInARow: number;
  readonly at: Instant;
}): Instant | undefined {
  if (facts.usableInARow >= USABLE_TO_RECOVER) return undefined;
  // A growing sample starts no clock, and stops none: only usable data does.
  if (facts.usable || facts.growing) return facts.unusableSince;
  return facts.unusableSince ?? facts.at;
}

/** The sample that is short, the canary's before the stable's. */
function decidingSample(
  { measurement, requests = measurement.evidence?.requests }: JudgedReading,
  { minimumSample }: MetricDefinition,
): number | undefined {
  const canarySample = requests?.canary ?? measurement.canarySample;
  const stableSample = requests?.stable ?? measurement.stableSample;
  return canarySample !== undefined && canarySample >= minimumSample
    ? stableSample ?? canarySample
    : canarySample;
}

function waitMs(intervalMs: number, errorsInARow: number): number {
  const factor = 2 ** Math.max(0, errorsInARow - 1);
  return intervalMs * Math.min(factor, LONGEST_BACK_OFF);
}
