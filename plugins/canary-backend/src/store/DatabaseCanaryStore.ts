import { DatabaseService, LoggerService } from '@backstage/backend-plugin-api';
import {
  MeasurementQuery,
  PageQuery,
  RolloutQuery,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { Instant, NewEvent, RolloutState } from '../rollout';
import { isSqlite, StoreClock } from './databaseClock';
import { openDatabase } from './openDatabase';
import { listEvents } from './operations/history/listEvents';
import { listMeasurements } from './operations/history/listMeasurements';
import { readWorstMeasurements } from './operations/history/readWorstMeasurements';
import { verifyEvents } from './operations/history/verifyEvents';
import { claimRollouts } from './operations/leases/claimRollouts';
import { handOver } from './operations/leases/handOver';
import { listOrphans } from './operations/leases/listOrphans';
import { listOwned } from './operations/leases/listOwned';
import { claimOutbox } from './operations/outbox/claimOutbox';
import { deleteDelivered } from './operations/outbox/deleteDelivered';
import { postponeOutbox } from './operations/outbox/postponeOutbox';
import { beat } from './operations/replicas/beat';
import { forgetReplicas } from './operations/replicas/forgetReplicas';
import { leave } from './operations/replicas/leave';
import { countRollouts } from './operations/reports/countRollouts';
import { listDeliveries } from './operations/reports/listDeliveries';
import { commitDecision } from './operations/rollouts/commitDecision';
import { createRollout } from './operations/rollouts/createRollout';
import { listEndedSince } from './operations/rollouts/listEndedSince';
import { listLatest } from './operations/rollouts/listLatest';
import { listRollouts } from './operations/rollouts/listRollouts';
import { readActive } from './operations/rollouts/readActive';
import { readIsCurrent } from './operations/rollouts/readIsCurrent';
import { readRollout } from './operations/rollouts/readRollout';
import { readSameWorkloadRollouts } from './operations/rollouts/readSameWorkloadRollouts';
import { CanaryStore } from './ports/CanaryStore';
import { NewOutboxMessage, OutboxQuery } from './ports/OutboxStore';
import { Heartbeat } from './ports/ReplicaStore';
import { DeliveryQuery } from './ports/ReportStore';
import { Commit, LatestQuery } from './ports/RolloutStore';
import { StoredRollout } from './ports/StoredRollout';

/**
 * Rollouts in PostgreSQL or SQLite: a verb a line, port by port, each a file
 * of `operations/<port>`.
 *
 * Safety rests on two numbers in each row: `revision`, which grows with every
 * commit, and `epoch`, which grows with every change of owner. A commit names
 * both and writes all or nothing. The owner beside them, and the lease of the
 * replica that it names, are only there so that no work is done twice.
 *
 * Figures beside a statement are of 10,000 rollouts with states of 28 KB where
 * they do not say otherwise: PostgreSQL 18 and SQLite on two busy cores, the
 * ways tried in turn, the least of several times each.
 *
 * Inside a transaction every statement runs on that transaction: SQLite has a
 * pool of one connection, and a second one would be waited for for ever.
 */
export class DatabaseCanaryStore implements CanaryStore {
  private constructor(
    private readonly knex: Knex,
    private readonly clock: StoreClock,
  ) {}

  /**
   * Opens the plugin's database, as `openDatabase` does.
   *
   * @param options.clock - on SQLite the time that leases and messages are
   *   compared with; PostgreSQL uses its own
   */
  static async create(options: {
    readonly database: DatabaseService;
    readonly logger?: LoggerService;
    readonly clock: StoreClock;
  }): Promise<DatabaseCanaryStore> {
    const { database, logger, clock } = options;
    return new DatabaseCanaryStore(await openDatabase(database, logger), clock);
  }

  // Rollouts

  create(
    rollout: RolloutState,
    events: readonly NewEvent[],
    outbox: readonly NewOutboxMessage[],
  ) {
    return createRollout(this.knex, rollout, events, outbox, this.clock);
  }

  commit(commit: Commit) {
    return commitDecision(this.knex, commit, this.clock);
  }

  get(id: string) {
    return readRollout(this.knex, id);
  }

  isCurrent(stored: StoredRollout) {
    return readIsCurrent(this.knex, stored);
  }

  active(target: RolloutState['target']) {
    return readActive(this.knex, target);
  }

  list(query: RolloutQuery) {
    return listRollouts(this.knex, query);
  }

  latest(query: LatestQuery) {
    return listLatest(this.knex, query);
  }

  endedSince(since: Instant) {
    return listEndedSince(this.knex, since);
  }

  sameWorkloadRollouts(ids: readonly string[]) {
    return readSameWorkloadRollouts(this.knex, ids);
  }

  // Leases

  orphans(replica: string, limit: number) {
    return listOrphans(this.knex, replica, limit, this.clock);
  }

  claim(replica: string, ids: readonly string[]) {
    return claimRollouts(this.knex, replica, ids, this.clock);
  }

  owned(replica: string) {
    return listOwned(this.knex, replica);
  }

  handOver(id: string, epoch: number, to: string) {
    return handOver(this.knex, id, epoch, to);
  }

  // Replicas

  get shared() {
    return !isSqlite(this.knex);
  }

  beat(heartbeat: Heartbeat) {
    return beat(this.knex, heartbeat, this.clock);
  }

  leave(replica: string) {
    return leave(this.knex, replica, this.clock);
  }

  forgetReplicas() {
    return forgetReplicas(this.knex, this.clock);
  }

  // History

  events(id: string, query: PageQuery) {
    return listEvents(this.knex, id, query);
  }

  measurements(id: string, query: MeasurementQuery) {
    return listMeasurements(this.knex, id, query);
  }

  worstMeasurements(ids: readonly string[]) {
    return readWorstMeasurements(this.knex, ids);
  }

  verifyEvents(id: string) {
    return verifyEvents(this.knex, id);
  }

  // Outbox

  claimOutbox(query: OutboxQuery) {
    return claimOutbox(this.knex, query, this.clock);
  }

  markDelivered(ids: readonly number[]) {
    return deleteDelivered(this.knex, ids);
  }

  markFailed(id: number, waitMs: number) {
    return postponeOutbox(this.knex, id, waitMs, this.clock);
  }

  // Reports

  count(query: Pick<RolloutSelection, 'entityRef'>) {
    return countRollouts(this.knex, query);
  }

  deliveries(query: DeliveryQuery) {
    return listDeliveries(this.knex, query);
  }
}
