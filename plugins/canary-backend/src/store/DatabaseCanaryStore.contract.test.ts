import knexFactory, { Knex } from 'knex';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../clock/systemClock';
import { DatabaseCanaryStore } from './DatabaseCanaryStore';
import { startPostgres, TestPostgres } from './testing/startPostgres';
import { testCanaryStore } from './testing/contract/testCanaryStore';

const openStore = (knex: Knex) =>
  DatabaseCanaryStore.create({
    database: { getClient: async () => knex },
    clock: systemClock,
  });

const sqlite = (filename: string): Knex.Config => ({
  client: 'better-sqlite3',
  connection: { filename },
  useNullAsDefault: true,
});

describe('DatabaseCanaryStore on SQLite in memory', () => {
  testCanaryStore(async () => {
    const knex = knexFactory(sqlite(':memory:'));
    return {
      first: await openStore(knex),
      second: await openStore(knex),
      close: () => knex.destroy(),
    };
  });
});

describe('DatabaseCanaryStore on a SQLite file', () => {
  testCanaryStore(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'canary-store-'));
    // One connection, as in a backend: SQLite serves one process, and a second
    // connection in it would block the thread that must free the first.
    const knex = knexFactory(sqlite(join(folder, 'canary.sqlite')));
    return {
      first: await openStore(knex),
      second: await openStore(knex),
      async close() {
        await knex.destroy();
        await rm(folder, { recursive: true });
      },
    };
  });
});

describe('DatabaseCanaryStore on PostgreSQL', () => {
  let postgres: TestPostgres;

  beforeAll(async () => {
    postgres = await startPostgres();
  }, 60_000);
  afterAll(() => postgres.stop(), 60_000);

  testCanaryStore(async () => {
    const config = await postgres.createDatabase();
    const [one, two] = [knexFactory(config), knexFactory(config)];
    // Two replicas that start on an empty database at the same time.
    const [first, second] = await Promise.all([openStore(one), openStore(two)]);
    return {
      first,
      second,
      async close() {
        await Promise.all([one.destroy(), two.destroy()]);
      },
    };
  });
});
