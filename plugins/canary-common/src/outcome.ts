/**
 * Why a rollout ended, or is on its way to its end. The CamelCase constant is
 * for programs, the message beside it for people.
 *
 * @public
 */
export type OutcomeReason =
  | 'Promoted'
  | 'PromotedFull'
  | 'RolledBackToPrevious'
  | 'Observed'
  | 'Aborted'
  | 'MetricFailed'
  | 'NoData'
  | 'MetricsUnavailable'
  | 'DeadlineExceeded'
  | 'CanaryUnavailable'
  | 'CanaryCrashLooping'
  | 'ImagePullFailed'
  | 'ImageChanged'
  | 'StableChanged'
  | 'ShareTooLarge'
  | 'PromotionReverted'
  | 'WorkloadDeleted'
  | 'CanaryObjectTaken'
  | 'RouteUnusable'
  | 'StepFailed';

/** How a rollout ended; set as soon as the end is decided. @public */
export interface Outcome {
  readonly result: 'Succeeded' | 'RolledBack';
  readonly reason: OutcomeReason;
  /** A sentence with the names and numbers in it. */
  readonly message: string;
}
