import { RolloutState } from '../../rollout';
import { Lease } from './Lease';

/** A rollout with what the row adds. */
export interface StoredRollout {
  readonly state: RolloutState;
  /** Grows with every write; what `commit` compares. */
  readonly revision: number;
  readonly epoch: number;
  readonly lease?: Lease;
}
