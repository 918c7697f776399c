import {
  DatabaseService,
  isDatabaseConflictError,
  LoggerService,
} from '@backstage/backend-plugin-api';
import { ConflictError } from '@backstage/errors';
import {
  MeasurementQuery,
  PageQuery,
  RolloutQuery,
  RolloutSelection,
} from 'backstage-plugin-canary-common';
import { Knex } from 'knex';
import { Instant, NewEvent, RolloutState } from '../rollout';
import {
  CanaryStore,
  Commit,
  DeliveryQuery,
  LatestQuery,
  NewOutboxMessage,
} from './CanaryStore';
import { Clock, isSqlite } from './databaseClock';
import { migrateDatabase } from './migrateDatabase';
import { claimDue } from './operations/leases/claimDue';
import { claimOutbox } from './operations/outbox/claimOutbox';
import { commitDecision } from './operations/rollouts/commitDecision';
import { countRollouts } from './operations/reports/countRollouts';
import { deleteDelivered } from './operations/outbox/deleteDelivered';
import { insertRollout } from './operations/rollouts/insertRollout';
import { listDeliveries } from './operations/reports/listDeliveries';
import { listEvents } from './operations/history/listEvents';
import { listLatest } from './operations/rollouts/listLatest';
import { listMeasurements } from './operations/history/listMeasurements';
import { listRollouts } from './operations/rollouts/listRollouts';
import { postponeOutbox } from './operations/outbox/postponeOutbox';
import { readSameWorkloadRollouts } from './operations/rollouts/readSameWorkloadRollouts';
import { readNextRequeue } from './operations/leases/readNextRequeue';
import { readActive, readRollout } from './operations/rollouts/readRollout';
import { readWorstMeasurements } from './operations/history/readWorstMeasurements';
import { releaseLease } from './operations/leases/releaseLease';
import { renewLease } from './operations/leases/renewLease';
import { verifyEvents } from './operations/history/verifyEvents';

type ClaimQuery = Parameters<CanaryStore['claim']>[0];

/**
 * Rollouts in PostgreSQL or SQLite.
 *
 * Safety rests on two numbers in each row: `revision`, which grows with every
 * commit, and `epoch`, which grows with every change of owner. A commit names
 * both and writes all or nothing. The lease beside them is only there so that
 * replicas do not do the same work twice.
 *
 * Inside a transaction every statement runs on that transaction: SQLite has a
 * pool of one connection, and a second one would be waited for for ever.
 */
export class DatabaseCanaryStore implements CanaryStore {
  private constructor(
    private readonly knex: Knex,
    private readonly clock: Clock,
  ) {}

  /**
   * Opens the plugin's database and, unless its migrations are to be skipped,
   * brings it up to date. Throws when it is neither PostgreSQL nor SQLite, or
   * was already used by a newer version of the plugin.
   *
   * @param options.clock - on SQLite the time that leases and due times are
   *   compared with; PostgreSQL uses its own
   */
  static async create(options: {
    readonly database: DatabaseService;
    readonly logger?: LoggerService;
    readonly clock?: Clock;
  }): Promise<DatabaseCanaryStore> {
    const { database, logger, clock = { now: () => Date.now() } } = options;
    const knex = await database.getClient();
    const client = String(knex.client.config.client);
    if (!isSqlite(knex) && !client.includes('pg')) {
      throw new Error(
        `The canary plugin keeps rollouts in PostgreSQL or SQLite, not in ${client}: change backend.database, or backend.database.plugin.canary for this plugin alone.`,
      );
    }
    await migrateDatabase(knex, { skip: database.migrations?.skip ?? false });
    if (isSqlite(knex)) {
      logger?.info(
        'Rollouts are kept in SQLite, which serves one backend process: run several replicas only on PostgreSQL.',
      );
    }
    return new DatabaseCanaryStore(knex, clock);
  }

  async create(
    rollout: RolloutState,
    events: readonly NewEvent[],
    outbox: readonly NewOutboxMessage[],
  ) {
    try {
      return await this.knex.transaction(tx =>
        insertRollout(tx, rollout, events, outbox, this.clock),
      );
    } catch (error) {
      if (!isDatabaseConflictError(error)) throw error;
      throw await this.explainConflict(rollout);
    }
  }

  get(id: string) {
    return readRollout(this.knex, id);
  }

  list(query: RolloutQuery) {
    return listRollouts(this.knex, query);
  }

  count(query: Pick<RolloutSelection, 'entityRef'>) {
    return countRollouts(this.knex, query);
  }

  deliveries(query: DeliveryQuery) {
    return listDeliveries(this.knex, query);
  }

  active(target: RolloutState['target']) {
    return readActive(this.knex, target);
  }

  latest(query: LatestQuery) {
    return listLatest(this.knex, query);
  }

  sameWorkloadRollouts(ids: readonly string[]) {
    return readSameWorkloadRollouts(this.knex, ids);
  }

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

  commit(commit: Commit) {
    return commitDecision(this.knex, commit, this.clock);
  }

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

  claimOutbox(query: { readonly limit: number; readonly holdMs: number }) {
    return claimOutbox(this.knex, query, this.clock);
  }

  markDelivered(ids: readonly number[]) {
    return deleteDelivered(this.knex, ids);
  }

  markFailed(id: number, retryAt: Instant) {
    return postponeOutbox(this.knex, id, retryAt);
  }

  private async explainConflict(rollout: RolloutState): Promise<Error> {
    if (await this.get(rollout.id)) {
      return new ConflictError(`There already is a rollout ${rollout.id}.`);
    }
    const { cluster, namespace, kind, name } = rollout.target;
    const active = await this.active(rollout.target);
    // It may have ended since; then trying again is all there is to do.
    const which = active ? `Rollout ${active.state.id}` : 'Another rollout';
    return new ConflictError(
      `${which} of ${kind} ${namespace}/${name} in cluster ${cluster} is still active: wait for its end or abort it, then try again.`,
    );
  }
}
