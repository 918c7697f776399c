import { createExtensionPoint } from '@backstage/backend-plugin-api';
import {
  Evidence,
  JsonObject,
  Measurement,
  Verdict,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { z } from 'zod';

/**
 * What a judge is given: always finite numbers of a sufficient sample from the
 * right version. Everything else has become `NoData` or `Error` before.
 *
 * @public
 */
export interface JudgeInput<TParams> {
  readonly params: TParams;
  readonly canary: number;
  /** Absent when the stable had no usable value; a judge that needs it is not asked then. */
  readonly stable?: number;
  readonly canarySample?: number;
  readonly stableSample?: number;
  readonly unit: string;
  /** What the window counted, of metrics that count. */
  readonly counts?: WindowCounts;
  /** Points of the window, oldest first, NaN where one is missing; of metrics that read series. */
  readonly series?: {
    readonly canary: readonly number[];
    readonly stable: readonly number[];
  };
  /** The window that the values speak of, epoch ms. */
  readonly window?: { readonly from: number; readonly to: number };
  /** Part of the rollout's false-alarm rate that this metric may spend; 1 when absent. */
  readonly alphaShare?: number;
  /** What this judge returned last, in the same run or `perRollout`; absent at the first look. */
  readonly state?: JsonObject;
}

/** A judge's answer. @public */
export interface JudgeResult {
  readonly verdict: Extract<Verdict, 'Pass' | 'Fail' | 'Inconclusive'>;
  /** The rule with its numbers: `0.9 % is within the limit of 1 %`. */
  readonly rule: string;
  readonly threshold?: { readonly min?: number; readonly max?: number };
  readonly band?: Measurement['band'];
  readonly evidence?: Evidence;
  /** A `Pass` that needs no further look: a step may end on it. */
  readonly settled?: boolean;
  readonly state?: JsonObject;
}

/** A pure judge: the same input gives the same answer, for ever. @public */
export interface Judge<TParams = any> {
  /** Name in `judge: { kind }` of a metric. */
  readonly kind: string;
  readonly params: z.ZodType<TParams>;
  /** Whether it compares with the stable; without a stable value the measurement is `NoData`. */
  needsStable(params: TParams): boolean;
  /**
   * Its verdict speaks of everything that this run has seen. The latest verdict
   * then stands for all before, the minimum sample counts over all looks, and
   * its windows must not overlap.
   */
  readonly cumulative?: boolean;
  /**
   * Its error rate rests on both versions being measured at the same time: a
   * metric that is compared with the past cannot name it.
   */
  readonly needsConcurrent?: boolean;
  /** It compares counts: only metrics of kind `ratio` and `latency` can name it. */
  readonly needsCounts?: boolean;
  /**
   * Of a cumulative judge: its memory is the rollout's, not one run's. All
   * looks at a metric, whichever run asks for them, go on with the same state,
   * and the metrics of such judges share the rollout's false-alarm rate.
   */
  readonly perRollout?: boolean;
  judge(input: JudgeInput<TParams>): JudgeResult;
}

/** Gives a judge its parameter type. @public */
export function defineJudge<TParams>(judge: Judge<TParams>): Judge<TParams> {
  return judge;
}

/** @public */
export interface CanaryJudgesExtensionPoint {
  /** Throws when another one has its `kind`: the module fails, and the first one stays. */
  addJudge(judge: Judge): void;
}

/** @public */
export const canaryJudgesExtensionPoint =
  createExtensionPoint<CanaryJudgesExtensionPoint>({ id: 'canary.judges' });
