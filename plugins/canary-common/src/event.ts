import { JsonObject } from './json';

/**
 * Kinds of history rows. `Decision` carries the inputs of an analysis
 * conclusion, `Command` what a person asked.
 *
 * @public
 */
export type RolloutEventKind =
  | 'Started'
  | 'PhaseChanged'
  | 'StepStarted'
  | 'StepCompleted'
  | 'ExposureChanged'
  | 'HoldAdded'
  | 'HoldCleared'
  | 'Decision'
  | 'Command'
  | 'ControllerGap'
  | 'Warning'
  | 'Ended';

/** One row of the append-only history of a rollout. @public */
export interface RolloutEvent {
  readonly rolloutId: string;
  /** 1, 2, 3, … within the rollout. */
  readonly sequence: number;
  readonly at: string;
  readonly kind: RolloutEventKind;
  /** Entity ref of a user, `service:<subject>` or `system`. */
  readonly actor: string;
  /** A sentence for people. */
  readonly message: string;
  /** The inputs of the decision: query, window, values, thresholds, rule, reason. */
  readonly data: JsonObject;
  /** SHA-256 of the previous row's hash and this row's canonical JSON. */
  readonly hash: string;
}

/** Result of `GET /rollouts/{id}/audit`. @public */
export interface AuditResult {
  readonly valid: boolean;
  readonly length: number;
  /** Sequence number of the first row that does not fit the chain. */
  readonly brokenAt?: number;
}
