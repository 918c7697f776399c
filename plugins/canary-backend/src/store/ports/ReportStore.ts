import { Phase, RolloutSelection } from 'backstage-plugin-canary-common';
import { Instant } from '../../rollout';

/** How many rollouts are of one entity, one owner and so on; what no rollout has is no row. */
export interface RolloutCount {
  readonly entityRef: string;
  readonly owner?: string;
  readonly system?: string;
  readonly cluster: string;
  readonly phase: Phase;
  readonly rollouts: number;
  /** How many of them need a person. */
  readonly attention: number;
}

/** Which ended rollouts: those that ended at `from` or later, the newest `limit` of them. */
export interface DeliveryQuery extends RolloutSelection {
  readonly from: Instant;
  readonly limit: number;
}

/** An ended rollout that delivered a version or gave it up; rollbacks to a previous version are none. */
export interface Delivery {
  readonly entityRef: string;
  readonly result: 'Succeeded' | 'RolledBack';
  readonly startedAt: Instant;
  readonly finishedAt: Instant;
  /** When it was decided to take it back. */
  readonly rollingBackAt?: Instant;
  /** When all traffic was proven back on the stable; before `rollingBackAt` where none had left it. */
  readonly restoredAt?: Instant;
}

/** Numbers over many rollouts, each read from an index and from no row. */
export interface ReportStore {
  /** Of all rollouts, or of one entity's. */
  count(query: Pick<RolloutSelection, 'entityRef'>): Promise<RolloutCount[]>;
  /** The latest that ended first. */
  deliveries(query: DeliveryQuery): Promise<Delivery[]>;
}
