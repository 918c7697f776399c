import { Knex } from 'knex';
import { isSqlite, sqlNow, StoreClock } from '../../databaseClock';

/**
 * Of `canary_rollouts`: those that go on and whose owner is no live replica.
 * On SQLite nobody but the asking replica can be alive.
 */
export function whereOrphaned(
  query: Knex.QueryBuilder,
  options: {
    readonly knex: Knex;
    readonly replica: string;
    readonly clock: StoreClock;
  },
): Knex.QueryBuilder {
  const { knex, replica, clock } = options;
  query.where('canary_rollouts.active', 1);
  if (isSqlite(knex)) {
    return query.where(orphan =>
      orphan
        .whereNull('canary_rollouts.lease_owner')
        .orWhereNot('canary_rollouts.lease_owner', replica),
    );
  }
  return query.whereNotExists(
    knex('canary_replicas')
      .select(knex.raw('1'))
      .whereRaw('canary_replicas.id = canary_rollouts.lease_owner')
      .where('canary_replicas.alive_until', '>', sqlNow(knex, clock)),
  );
}
