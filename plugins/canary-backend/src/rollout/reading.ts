import { WindowCounts } from 'backstage-plugin-canary-common';
import { Instant } from './rollout';

/**
 * What the metrics servers answered about one metric at one instant, before
 * anybody judged it. Values may be non-finite, samples too.
 */
export interface Reading {
  readonly metric: string;
  readonly at: Instant;
  /** Asked for; that of the canary's values. */
  readonly window: { readonly from: Instant; readonly to: Instant };
  /** Of the stable's values, where it is not `window`. */
  readonly stableWindow?: { readonly from: Instant; readonly to: Instant };
  /** Absent when the server answered with an empty result. */
  readonly canary?: number;
  readonly stable?: number;
  readonly canarySample?: number;
  readonly stableSample?: number;
  /** What the window counted, of metrics that count; numbers may be anything. */
  readonly counts?: WindowCounts;
  /** Points of the window, oldest first, NaN where one is missing; of metrics that read series. */
  readonly series?: {
    readonly canary: readonly number[];
    readonly stable: readonly number[];
  };
  /** When the server says the canary's (stable's) value was taken, where it says so. */
  readonly canaryAt?: Instant;
  readonly stableAt?: Instant;
  /** The query as sent for the canary, or its template where it could not be filled. */
  readonly query: string;
  /** A question about the canary failed; never carries a secret. */
  readonly error?: string;
  /** A question about the stable failed: only a trouble of judges that compare. */
  readonly stableError?: string;
  readonly warnings: readonly string[];
}
