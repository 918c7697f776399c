import { Phase } from './phase';

/** How many rollouts have a value of a field; a rollout without one is not counted. @public */
export interface FacetCount {
  readonly value: string;
  readonly count: number;
}

/**
 * Delivery figures of ended rollouts, after DORA's: how often, how many came
 * back, how long. Medians are in milliseconds and absent without a sample.
 *
 * @public
 */
export interface DeliveryFigures {
  /** Rollouts that ended, rollbacks to a previous version not among them. */
  readonly rollouts: number;
  readonly rolledBack: number;
  /** From the start to `Succeeded`. */
  readonly medianPromoteMs?: number;
  /** From the decision to go back until all traffic was proven back on the stable version. */
  readonly medianRestoreMs?: number;
}

/** Figures of one week, named by its Monday, 00:00 UTC, as an ISO 8601 instant. @public */
export interface WeekFigures extends DeliveryFigures {
  readonly from: string;
}

/** Numbers of a selection of rollouts that the caller may read. @public */
export interface Figures {
  /** Of every phase, in the whole selection. */
  readonly phases: Readonly<Record<Phase, number>>;
  /** How many need a person. */
  readonly attention: number;
  /** Counts for the choices of a filter: each field without its own filter. */
  readonly owners: readonly FacetCount[];
  readonly systems: readonly FacetCount[];
  readonly clusters: readonly FacetCount[];
  /** Since `from`, all together. */
  readonly total: DeliveryFigures;
  /** Since `from`, week by week, the oldest first; weeks without a rollout too. */
  readonly weeks: readonly WeekFigures[];
  /** Whether there were more rollouts than one answer reads; the newest count. */
  readonly truncated: boolean;
}
