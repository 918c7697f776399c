import { WindowCounts } from 'backstage-plugin-canary-common';

/** What a window counted, and how long it was. */
export interface CountedWindow {
  readonly counts: WindowCounts;
  readonly durationMs: number;
}

/** What earlier rollouts of a workload measured of one metric. */
export interface MetricHistory {
  /** Of the latest rollouts in which both versions were the same. */
  readonly observed?: {
    readonly rolloutId: string;
    readonly windows: readonly CountedWindow[];
  };
  /** Of the latest rollout that counted anything. */
  readonly latest?: {
    /** ISO instant of its last window. */
    readonly at: string;
    readonly windows: readonly CountedWindow[];
  };
}

/** By the names of metrics. */
export type MeasuredHistory = Readonly<Record<string, MetricHistory>>;
