export { DatabaseCanaryStore } from './DatabaseCanaryStore';
export { EVENT_PAGE, MEASUREMENT_PAGE, ROLLOUT_PAGE } from './pageLimit';
export type { PageLimits } from './pageLimit';
export type { HistoryStore } from './ports/HistoryStore';
export type { Claimed, LeaseStore, OwnedRollout } from './ports/LeaseStore';
export type {
  NewOutboxMessage,
  OutboxMessage,
  OutboxStore,
} from './ports/OutboxStore';
export type { Heartbeat, Replica, ReplicaStore } from './ports/ReplicaStore';
export type {
  Delivery,
  DeliveryQuery,
  ReportStore,
  RolloutCount,
} from './ports/ReportStore';
export type {
  EndedRollout,
  LatestQuery,
  RolloutStore,
  SameWorkloadRollouts,
} from './ports/RolloutStore';
export type { StoredRollout } from './ports/StoredRollout';
