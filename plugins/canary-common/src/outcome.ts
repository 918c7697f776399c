/** Every reason of an end. @public */
export const OUTCOME_REASONS = [
  'Promoted',
  'PromotedFull',
  'RolledBackToPrevious',
  'Observed',
  'Aborted',
  'MetricFailed',
  'NoData',
  'MetricsUnavailable',
  'DeadlineExceeded',
  'CanaryUnavailable',
  'CanaryDisrupted',
  'CanaryCrashLooping',
  'ImagePullFailed',
  'ImageChanged',
  'StableChanged',
  'StableScaledToZero',
  'ShareTooLarge',
  'PromotionReverted',
  'WorkloadDeleted',
  'CanaryObjectTaken',
  'RouteUnusable',
  'StepFailed',
] as const;

/**
 * Why a rollout ended, or is on its way to its end. The CamelCase constant is
 * for programs, the message beside it for people.
 *
 * @public
 */
export type OutcomeReason = (typeof OUTCOME_REASONS)[number];
