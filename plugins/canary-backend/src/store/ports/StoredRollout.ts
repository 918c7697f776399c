import { RolloutState } from '../../rollout';

/** A rollout with what the row adds. */
export interface StoredRollout {
  readonly state: RolloutState;
  /** Grows with every write; what `commit` compares. */
  readonly revision: number;
  /** Grows with every change of owner. */
  readonly epoch: number;
  /** The replica that works on it, for as long as that is alive. */
  readonly owner?: string;
}
