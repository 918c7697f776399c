export type {
  CanaryStore,
  Commit,
  Lease,
  NewOutboxMessage,
  OutboxMessage,
  StoredRollout,
} from './CanaryStore';
export { DatabaseCanaryStore } from './DatabaseCanaryStore';
export { EVENT_PAGE, MEASUREMENT_PAGE, ROLLOUT_PAGE } from './pageLimit';
export type { PageLimits } from './pageLimit';
