import { Baseline } from './plan';
import { Verdict } from './verdict';

// Types and not interfaces: only types are assignable to `JsonObject`.

/** What one window counted in one arm. @public */
export type ArmCounts = {
  readonly requests: number;
  /**
   * Requests that were events: of a ratio one number; of latency one for each
   * bound, the requests slower than it.
   */
  readonly events: readonly number[];
};

/** What one window counted in both arms, for judges that compare counts. @public */
export type WindowCounts = {
  /** Of latency: the histogram's finite bounds, ascending, in the metric's unit. */
  readonly bounds?: readonly number[];
  readonly canary?: ArmCounts;
  readonly stable?: ArmCounts;
  /** A counter of either arm began anew, so that both arms' counts are partial. */
  readonly interrupted?: boolean;
};

/** What a judge knows after all looks of a run together. @public */
export type Evidence = {
  readonly conclusion:
    | 'regression'
    | 'nonInferior'
    | 'noRegressionFound'
    | 'undecided';
  /** The canary's rate over the stable's; absent until events tell it. */
  readonly ratio?: number;
  /** Ends of the ratio's confidence sequence; an absent one is open. */
  readonly lower?: number;
  readonly upper?: number;
  /** Of latency: the bound whose ratio this is. */
  readonly bound?: number;
  /** Holds at every look, not only at one. */
  readonly pValue: number;
  /** False-alarm rate that the verdict keeps to. */
  readonly alpha: number;
  readonly looks: number;
  readonly requests: { readonly canary: number; readonly stable: number };
  /** Of latency: the part of the distribution that speaks loudest. */
  readonly moved?: {
    readonly bound: number;
    /** Share of requests slower than `bound`, 0 to 1. */
    readonly canary: number;
    readonly stable: number;
  };
};

/** One reading of one metric, as taken, judged and recorded. @public */
export interface Measurement {
  readonly metric: string;
  /** `background`, `gate`, `gap` (fresh data after a gap) or `step-<index>`. */
  readonly scope: string;
  /** ISO 8601 instant at which it was taken. */
  readonly at: string;
  /** The window the values speak of, the same for both arms; ISO 8601. */
  readonly window: { readonly from: string; readonly to: string };
  /** Weight that was verified during the whole window, in percent. */
  readonly weight: number;
  readonly canary?: number;
  readonly stable?: number;
  /** What the stable's values are of, where it is not the stable version in `window`. */
  readonly baseline?: Exclude<Baseline, 'stable'>;
  /** Requests behind the canary's (and stable's) value, where the metric counts them. */
  readonly canarySample?: number;
  readonly stableSample?: number;
  readonly unit: string;
  readonly verdict: Verdict;
  /** The rule that decided, with its numbers, as a sentence. */
  readonly rule: string;
  /** Bounds the judge compared the canary with, for the chart. */
  readonly threshold?: { readonly min?: number; readonly max?: number };
  /** Where the canary's true value lies, of a judge that can tell; in the unit of the values. */
  readonly band?: { readonly lower?: number; readonly upper?: number };
  /** What the window counted, to judge it again. */
  readonly counts?: WindowCounts;
  /** What is known after this look, of a judge that gathers evidence. */
  readonly evidence?: Evidence;
  /** The query as sent for the canary. */
  readonly query: string;
  /** The provider's failure or warning, where there was one; never a secret. */
  readonly message?: string;
}
