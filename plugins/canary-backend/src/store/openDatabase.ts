import { DatabaseService, LoggerService } from '@backstage/backend-plugin-api';
import { Knex } from 'knex';
import { isSqlite } from './databaseClock';
import { migrateDatabase } from './migrateDatabase';

/**
 * Opens the plugin's database and, unless its migrations are to be skipped,
 * brings it up to date. Throws when it is neither PostgreSQL nor SQLite, or
 * was already used by a newer version of the plugin.
 */
export async function openDatabase(
  database: DatabaseService,
  logger?: LoggerService,
): Promise<Knex> {
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
  return knex;
}
