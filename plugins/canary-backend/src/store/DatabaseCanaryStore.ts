import { DatabaseService, LoggerService } from '@backstage/backend-plugin-api';
import {
  MeasurementQuery,
  PageQuery,
  RolloutQuery,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { Instant, NewEvent, RolloutState } from '../rollout';
import { StoreClock } from './databaseClock';
import { openDatabase } from './openDatabase';
import { listEvents } from './operations/history/listEvents';
import { listMeasurements } from './operations/history/listMeasurements';
import { readWorstMeasurements } from './operations/history/readWorstMeasurements';
import { verifyEvents } from './operations/history/verifyEvents';
import { claimDue } from './operations/leases/claimDue';
import { readNextRequeue } from './operations/leases/readNextRequeue';
import { releaseLease } from './operations/leases/releaseLease';
import { renewLease } from './operations/leases/renewLease';
import { claimOutbox } from './operations/outbox/claimOutbox';
import { deleteDelivered } from './operations/outbox/deleteDelivered';
import { postponeOutbox } from './operations/outbox/postponeOutbox';
import { countRollouts } from './operations/reports/countRollouts';
import { listDeliveries } from './operations/reports/listDeliveries';
import { commitDecision } from './operations/rollouts/commitDecision';
import { createRollout } from './operations/rollouts/createRollout';
import { listLatest } from './operations/rollouts/listLatest';
import { listRollouts } from './operations/rollouts/listRollouts';
import { readActive } from './operations/rollouts/readActive';
import { readRollout } from './operations/rollouts/readRollout';
import { readSameWorkloadRollouts } from './operations/rollouts/readSameWorkloadRollouts';
import { CanaryStore } from './ports/CanaryStore';
import { ClaimQuery } from './ports/LeaseStore';
import { NewOutboxMessage, OutboxQuery } from './ports/OutboxStore';
import { DeliveryQuery } from './ports/ReportStore';
import { Commit, LatestQuery } from './ports/RolloutStore';

/**
 * Rollouts in PostgreSQL or SQLite: a verb a line, port by port, each a file
 * of `operations/<port>`.
 *
 * Safety rests on two numbers in each row: `revision`, which grows with every
 * commit, and `epoch`, which grows with every change of owner. A commit names
 * both and writes all or nothing. The lease beside them is only there so that
 * replicas do not do the same work twice.
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
   * @param options.clock - on SQLite the time that leases and due times are
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

  active(target: RolloutState['target']) {
    return readActive(this.knex, target);
  }

  list(query: RolloutQuery) {
    return listRollouts(this.knex, query);
  }

  latest(query: LatestQuery) {
    return listLatest(this.knex, query);
  }

  sameWorkloadRollouts(ids: readonly string[]) {
    return readSameWorkloadRollouts(this.knex, ids);
  }

  // Leases

  claim(query: ClaimQuery) {
    return claimDue(this.knex, query, this.clock);
  }

  renew(id: string, epoch: number, leaseMs: number, requeueAt: Instant) {
    return renewLease(this.knex, id, epoch, leaseMs, requeueAt, this.clock);
  }

  release(id: string, epoch: number, requeueAt: Instant | undefined) {
    return releaseLease(this.knex, id, epoch, requeueAt);
  }

  nextRequeueAt() {
    return readNextRequeue(this.knex, this.clock);
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

  markFailed(id: number, retryAt: Instant) {
    return postponeOutbox(this.knex, id, retryAt);
  }

  // Reports

  count(query: Pick<RolloutSelection, 'entityRef'>) {
    return countRollouts(this.knex, query);
  }

  deliveries(query: DeliveryQuery) {
    return listDeliveries(this.knex, query);
  }
}
