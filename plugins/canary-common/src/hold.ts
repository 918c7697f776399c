/**
 * Why a rollout waits. A rollout has a set of holds, each cleared on its own,
 * and is `Paused` while any remains.
 *
 * @public
 */
export type HoldReason =
  | 'ForeignChange'
  | 'NoData'
  | 'Inconclusive'
  | 'Approval'
  | 'Manual'
  | 'StepPause';

/** Every hold reason, the gravest first: the order in which they are shown. @public */
export const HOLD_REASONS: readonly HoldReason[] = [
  'ForeignChange',
  'NoData',
  'Inconclusive',
  'Approval',
  'Manual',
  'StepPause',
];

/** One reason to wait; `since` and `until` are ISO 8601 instants. @public */
export interface Hold {
  readonly reason: HoldReason;
  readonly message: string;
  readonly since: string;
  /** When it ends by itself; absent when it waits for a person or for data. */
  readonly until?: string;
  /** At `until` the rollout is taken back instead of moved on. */
  readonly rollbackAtEnd?: boolean;
  /** Entity refs of the users and groups that alone may promote it; whoever is permitted without it. */
  readonly approvers?: readonly string[];
}
