/** Every hold reason, the gravest first: the order in which they are shown. @public */
export const HOLD_REASONS = [
  'ForeignChange',
  'Disrupted',
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

/** Every end of a hold. @public */
export const HOLD_ENDS = ['person', 'time', 'data', 'rollback'] as const;

/**
 * What ends a hold, said once, when it is made; whoever asks whether a person
 * is waited for, or what comes of it, reads this and nothing else.
 *
 * - `person`: somebody has to act, however long it takes.
 * - `time`: it is over at `until`, and the rollout goes on.
 * - `data`: what is observed ends it, and nobody has to act: data that can be
 *   read again, or canary pods that are back (`Disrupted`). At `until` the plan's
 *   `onNoData` applies, and a `Disrupted` rollout is taken back.
 * - `rollback`: somebody has to act, but is not waited for without end: at
 *   `until` the rollout is taken back. A `ForeignChange` has no time of its
 *   own, there it is at the deadline of the step.
 *
 * @public
 */
export type HoldEnd = (typeof HOLD_ENDS)[number];
