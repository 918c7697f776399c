import { JsonObject, Verdict } from 'backstage-plugin-canary-common';
import { Instant } from './rollout';

/** Where one metric of one run stands; a few numbers, stored with the rollout. */
export interface MetricState {
  readonly metric: string;
  /** When the next measurement is due. */
  readonly dueAt: Instant;
  /** Its warm-up, and how late its server knows: the first measurement comes later by both. */
  readonly delayMs?: number;
  /** Measurements so far, by verdict. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Verdict and rule of the metric as a whole, not of one measurement. */
  readonly verdict: Verdict;
  readonly rule: string;
  readonly at?: Instant;
  /** First unusable due measurement of the present drought; cleared by two usable ones in a row. */
  readonly unusableSince?: Instant;
  /** Usable measurements in a row. */
  readonly usableInARow: number;
  /** Sample of the last measurement, to tell growing from standing still. */
  readonly lastSample?: number;
  /** The last measurement lacked only sample, and the sample grows: a wait. */
  readonly growing?: boolean;
  /** Consecutive provider failures, for back-off. */
  readonly errorsInARow: number;
  /** The verdict needs no further measurement: a step may end on it. */
  readonly settled?: boolean;
  /** Passes in a row within the present window; absent in rows of before there was a limit to it. */
  readonly passesInARow?: number;
  /** It lacks only measurements: the run goes on beyond its end for them. */
  readonly needsMore?: boolean;
  /** More provider failures in a row than the metric waits out. */
  readonly exhausted?: boolean;
  /** What the judge remembers of this run; of one whose memory is the rollout's, see `JudgeMemory`. */
  readonly judgeState?: JsonObject;
  /** End of the last window of a judge whose windows must not overlap. */
  readonly until?: Instant;
  /** Requests that this run has seen, of a judge whose memory is the rollout's. */
  readonly requests?: { readonly canary: number; readonly stable: number };
}

/**
 * What a judge remembers of one metric over all runs of a rollout: its error
 * rate is the rollout's, so that every measurement goes on with the same evidence.
 */
export interface JudgeMemory {
  readonly state?: JsonObject;
  /** End of the last window that was counted or dropped: the next begins here. */
  readonly until?: Instant;
  /** Requests behind the evidence. */
  readonly requests: { readonly canary: number; readonly stable: number };
}

/** Judges' memories by metric. */
export type JudgeMemories = Readonly<Record<string, JudgeMemory>>;

/**
 * One analysis: the background one, a step's, or the gate's. The machine opens
 * and closes runs; `analysis/` advances them by measurements.
 */
export interface AnalysisRun {
  /** `background`, `gate`, `gap` (fresh data after a gap) or `step-<index>`. */
  readonly scope: string;
  readonly startedAt: Instant;
  /** No window may begin before: weight verified plus settle. Moves up with every change of weight. */
  readonly windowFrom: Instant;
  /** Weight that stood during the present window. */
  readonly weight: number;
  readonly intervalMs: number;
  readonly windowMs: number;
  /** When the run is concluded; absent for the background run, which has no end. */
  readonly endsAt?: Instant;
  readonly metrics: readonly MetricState[];
}

/** What a run says as a whole, merged `Fail > Error > NoData > Inconclusive > Pass`. */
export interface RunConclusion {
  readonly scope: string;
  readonly verdict: Verdict;
  /** The metric that decided. */
  readonly metric: string;
  readonly rule: string;
  /** The run is over: at its end with every metric decided, or by a `Fail`. */
  readonly finished: boolean;
  /** The earliest start of a drought that still lasts, over all metrics. */
  readonly unusableSince?: Instant;
  /** A sample is below its minimum and grows: only a wait. */
  readonly growing: boolean;
  /** A source failed more often in a row than its metric waits out. */
  readonly exhausted?: boolean;
}
