export type {
  CanaryStore,
  Commit,
  Lease,
  NewOutboxMessage,
  OutboxMessage,
  StoredRollout,
} from './CanaryStore';
export { DatabaseCanaryStore } from './DatabaseCanaryStore';
