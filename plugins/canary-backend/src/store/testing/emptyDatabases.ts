import knexFactory, { Knex } from 'knex';
import { startPostgres, TestPostgres } from './startPostgres';

/** What rollouts are kept in. */
export const ENGINES = ['PostgreSQL', 'SQLite'] as const;

const SQLITE: Knex.Config = {
  client: 'better-sqlite3',
  connection: { filename: ':memory:' },
  useNullAsDefault: true,
};

/** New, empty databases for the tests of a file, closed behind the last of them. */
export function emptyDatabases(): (
  engine: (typeof ENGINES)[number],
) => Promise<Knex> {
  const opened: Knex[] = [];
  let postgres: TestPostgres;
  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(async () => {
    await Promise.all(opened.map(knex => knex.destroy()));
    await postgres.stop();
  }, 60_000);
  return async engine => {
    const knex = knexFactory(
      engine === 'PostgreSQL' ? await postgres.createDatabase() : SQLITE,
    );
    opened.push(knex);
    return knex;
  };
}
