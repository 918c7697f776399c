import { Verdict } from './verdict';

/** One reading of one metric, as taken, judged and recorded. @public */
export interface Measurement {
  readonly metric: string;
  /** `background`, `gate` or `step-<index>`. */
  readonly scope: string;
  /** ISO 8601 instant at which it was taken. */
  readonly at: string;
  /** The window the values speak of, the same for both arms; ISO 8601. */
  readonly window: { readonly from: string; readonly to: string };
  /** Weight that was verified during the whole window, in percent. */
  readonly weight: number;
  readonly canary?: number;
  readonly stable?: number;
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
  /** The query as sent for the canary. */
  readonly query: string;
  /** The provider's failure or warning, where there was one; never a secret. */
  readonly message?: string;
}
