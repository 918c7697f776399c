import { Instant } from '../../rollout';

/** Who works on a rollout. The lease is for liveness, the epoch for safety. */
export interface Lease {
  readonly owner: string;
  /** Grows with every change of owner. */
  readonly epoch: number;
  readonly until: Instant;
}
