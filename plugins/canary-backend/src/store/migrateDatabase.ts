import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { readdir } from 'node:fs/promises';
import { isSqlite } from './databaseClock';

/** Where the migrations of this version of the code are. */
export const MIGRATIONS = resolvePackagePath(
  'backstage-plugin-canary-backend',
  'migrations',
);

/** A number that nobody else locks: `canary` in ASCII. */
const LOCK = 0x63616e617279;

/**
 * Brings the database up to this version of the code, or refuses it with a
 * sentence when a newer version has been at it.
 *
 * Replicas on one PostgreSQL that start together do so one after the other.
 * The advisory lock ends with its transaction, so a crash leaves none behind;
 * Knex's own lock would stay, and refuses instead of waiting.
 */
export async function migrateDatabase(
  knex: Knex,
  options: { readonly skip: boolean },
): Promise<void> {
  await knex.transaction(async tx => {
    if (!isSqlite(knex)) {
      await tx.raw('SELECT pg_advisory_xact_lock(?)', [LOCK]);
    }
    await refuseNewer(tx);
    if (!options.skip) await tx.migrate.latest({ directory: MIGRATIONS });
  });
}

async function refuseNewer(tx: Knex): Promise<void> {
  if (!(await tx.schema.hasTable('knex_migrations'))) return;
  const known = await readdir(MIGRATIONS);
  const done: { name: string }[] = await tx('knex_migrations').select('name');
  const unknown = done.filter(({ name }) => !known.includes(name));
  if (unknown.length > 0) {
    throw new Error(
      `The database of the canary plugin was written by a newer version of it (${unknown
        .map(({ name }) => name)
        .join(
          ', ',
        )}): install that version again, or restore a backup from before. It would be unsafe to continue.`,
    );
  }
}
