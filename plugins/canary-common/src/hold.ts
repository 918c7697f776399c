/** Every hold reason, the gravest first: the order in which they are shown. @public */
export const HOLD_REASONS = [
  'ForeignChange',
  'NoData',
  'Inconclusive',
  'Approval',
  'Manual',
  'StepPause',
] as const;

/**
 * Why a rollout waits. A rollout has a set of holds, each cleared on its own,
 * and is `Paused` while any remains.
 *
 * @public
 */
export type HoldReason = (typeof HOLD_REASONS)[number];
