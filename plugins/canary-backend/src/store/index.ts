export type {
  CanaryStore,
  Commit,
  Delivery,
  DeliveryQuery,
  Lease,
  LatestQuery,
  SameWorkloadRollouts,
  NewOutboxMessage,
  OutboxMessage,
  RolloutCount,
  StoredRollout,
} from './CanaryStore';
export { DatabaseCanaryStore } from './DatabaseCanaryStore';
export { EVENT_PAGE, MEASUREMENT_PAGE, ROLLOUT_PAGE } from './pageLimit';
export type { PageLimits } from './pageLimit';
