import { Knex } from 'knex';
import { StoreClock, isSqlite, sqlNow } from '../../databaseClock';
import { ClaimQuery } from '../../ports/LeaseStore';
import { StoredRollout } from '../../ports/StoredRollout';
import { RolloutRow, storedRolloutOf } from '../../rolloutRow';
import { isStorableText } from '../../storableText';

/**
 * Leases rollouts to an owner, in one statement: those that are due, the most
 * overdue first, or of the given ids those that nobody holds.
 *
 * On PostgreSQL rows that another replica is claiming or committing are
 * skipped rather than waited for. SQLite has one writer at a time, so there
 * the statement as a whole is the compare-and-set.
 *
 * Eight replicas share 2,000 due rollouts of PostgreSQL, 50 at a time, in
 * 480 ms. Rejected:
 *
 * - to wait for locked rows: 890 ms, and a commit that hangs holds up every
 *   claim behind it;
 * - to lock nothing and to compare epochs: 1,350 ms, because all choose the
 *   same rows: of 239 statements 199 came back empty;
 * - to choose and to lease by a statement each: 710 ms;
 * - to choose below `IN`, without a common table expression: as fast, but the
 *   planner may choose anew for every row. Made to use a nested loop, it leased
 *   11 rollouts for a limit of 5.
 */
export async function claimDue(
  knex: Knex,
  query: ClaimQuery,
  clock: StoreClock,
): Promise<StoredRollout[]> {
  if (query.limit < 1 || query.ids?.length === 0) return [];
  const now = sqlNow(knex, clock);
  const chosen = knex('canary_rollouts')
    .select('id')
    .where({ active: 1 })
    .where(free =>
      free.whereNull('lease_until').orWhere('lease_until', '<=', now),
    )
    .orderBy(['requeue_at', 'id'])
    .limit(query.limit);
  if (query.ids) chosen.whereIn('id', query.ids.filter(isStorableText));
  else chosen.where('requeue_at', '<=', now);
  if (!isSqlite(knex)) chosen.forUpdate().skipLocked();

  const rows: RolloutRow[] = await knex
    .with('chosen', chosen)
    .from('canary_rollouts')
    .update({
      epoch: knex.raw('epoch + 1'),
      lease_owner: query.owner,
      lease_until: knex.raw('? + ?', [now, query.leaseMs]),
    } as never)
    .whereIn('id', knex.select('id').from('chosen'))
    .returning('*');
  return rows.map(storedRolloutOf);
}
