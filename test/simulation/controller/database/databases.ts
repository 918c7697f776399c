/* eslint-disable @backstage/no-relative-monorepo-imports -- the very store */
import knexFactory, { Knex } from 'knex';
import { migrateDatabase } from '../../../../plugins/canary-backend/src/store/migrateDatabase';
import { startPostgres } from '../../../../plugins/canary-backend/src/store/testing/startPostgres';
import { sqliteClient } from './sqliteClient';

/** What rollouts are kept in: SQLite as one process has it, SQLite that passes for a shared PostgreSQL, or a real one. */
export type Engine = 'sqlite' | 'shared' | 'postgres';

/** An empty database of the plugin's tables. */
export interface OpenedDatabase {
  readonly knex: Knex;
  /** Tells a real server what time it is. */
  readonly setNow?: (now: number) => Promise<void>;
  close(): Promise<void>;
}

let image: Promise<Buffer> | undefined;

/** The empty tables, made once by the migrations. */
function emptyTables(): Promise<Buffer> {
  image ??= (async () => {
    const knex = knexFactory({
      client: 'better-sqlite3',
      connection: { filename: ':memory:' },
      useNullAsDefault: true,
    });
    await migrateDatabase(knex, { skip: false });
    const connection = await knex.client.acquireConnection();
    const tables: Buffer = connection.serialize();
    await knex.client.releaseConnection(connection);
    await knex.destroy();
    return tables;
  })();
  return image;
}

const SILENT = { warn() {}, error() {}, debug() {}, deprecate() {} };

/** Opens an empty database in the memory of this process. */
export async function openInMemory(
  engine: Engine,
  now: () => number,
): Promise<OpenedDatabase> {
  const tables = await emptyTables();
  const isShared = engine === 'shared';
  const knex = knexFactory({
    client: sqliteClient({ image: tables, isShared, now }) as never,
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
    log: SILENT,
  });
  return { knex, close: () => knex.destroy() };
}

/** A real PostgreSQL whose time is told by `setNow`; each world gets a copy of one database of it. */
export async function servePostgres() {
  const server = await startPostgres();
  const config = await server.createDatabase();
  const template = String(Object(config.connection).database);
  const plain = knexFactory(config);
  await migrateDatabase(plain, { skip: false });
  // Before the server's own function of the name, in every search path of ours.
  await plain.raw('CREATE SCHEMA simulated');
  await plain.raw('CREATE SEQUENCE simulated.clock');
  await plain.raw(
    `CREATE FUNCTION simulated.statement_timestamp() RETURNS timestamptz
       LANGUAGE sql STABLE AS
     $$ SELECT to_timestamp(last_value / 1000.0) FROM simulated.clock $$`,
  );
  await plain.destroy();
  const connectTo = (database: string, options: object = {}) =>
    knexFactory({
      ...config,
      connection: { ...Object(config.connection), database },
      ...options,
    });
  const admin = connectTo('postgres');
  let copies = 0;
  return {
    async open(): Promise<OpenedDatabase> {
      const name = `world_${++copies}`;
      await admin.raw('CREATE DATABASE ?? TEMPLATE ??', [name, template]);
      const knex = connectTo(name, {
        searchPath: ['simulated', 'public', 'pg_catalog'],
        pool: { min: 0, max: 4 },
        log: SILENT,
      });
      return {
        knex,
        setNow: async now => {
          const instant = Math.floor(now);
          await knex.raw('SELECT setval(?, ?)', ['simulated.clock', instant]);
        },
        close: async () => {
          await knex.destroy();
          await admin.raw('DROP DATABASE ??', [name]);
        },
      };
    },
    async stop() {
      await admin.destroy();
      await server.stop();
    },
  };
}
