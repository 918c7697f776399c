import { HistoryStore } from './HistoryStore';
import { LeaseStore } from './LeaseStore';
import { OutboxStore } from './OutboxStore';
import { ReplicaStore } from './ReplicaStore';
import { ReportStore } from './ReportStore';
import { RolloutStore } from './RolloutStore';

/**
 * Where rollouts live: one port for each kind of reader, over one database,
 * because a commit writes to several at once. Every method is one transaction
 * or one statement, with no network wait of ours inside. `DatabaseCanaryStore`
 * keeps it on PostgreSQL and SQLite, and `testing/` says by port what being a
 * store means.
 *
 * Errors: `ConflictError` when a compared value differs or an active rollout
 * of the workload exists, `NotFoundError` for an unknown id, `InputError` for
 * a cursor that is not ours.
 */
export interface CanaryStore
  extends RolloutStore,
    LeaseStore,
    ReplicaStore,
    HistoryStore,
    OutboxStore,
    ReportStore {}
