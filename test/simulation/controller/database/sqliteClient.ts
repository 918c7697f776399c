import SqliteClient from 'knex/lib/dialects/better-sqlite3';
import QueryCompiler from 'knex/lib/dialects/sqlite3/query/sqlite-querycompiler';

/** What the store asks of a PostgreSQL for its time. */
const PRESENT = '(extract(epoch FROM statement_timestamp()) * 1000)::bigint';

/** Locks are nothing here: one statement is run after the other. */
class Compiler extends (QueryCompiler as new (...made: unknown[]) => object) {
  skipLocked() {
    return '';
  }
}

/**
 * Knex clients of a SQLite in the memory of this process which begins with these
 * tables, and whose statements are compiled once.
 *
 * A `shared` one the store takes for a PostgreSQL that several replicas use,
 * leases and all: the statements are those of the store, and run in microseconds.
 * What SQLite does not know of them is said otherwise here, word for word.
 */
export function sqliteClient(options: {
  /** Tables, as `Database.serialize` gives them. */
  readonly image: Buffer;
  readonly isShared: boolean;
  /** The time of the database itself, where it is shared. */
  readonly now: () => number;
}) {
  const { image, isShared, now } = options;
  class SimulatedClient extends SqliteClient {
    /** By this word the store knows what it speaks to. */
    static toString() {
      return isShared ? 'pg' : 'better-sqlite3';
    }

    async acquireRawConnection() {
      const { driver: Database } = this;
      const connection = new Database(image);
      connection.function('database_now', { deterministic: false }, now);
      connection.function('pg_advisory_xact_lock', (_key: number) => null);
      const compiled = new Map<string, unknown>();
      const prepare = connection.prepare.bind(connection);
      connection.prepare = (sql: string) => {
        const known = compiled.get(sql) ?? prepare(sql);
        compiled.set(sql, known);
        return known;
      };
      return connection;
    }

    queryCompiler(builder: unknown, formatter: unknown) {
      return new Compiler(this, builder, formatter);
    }

    _query(connection: unknown, query: { sql?: string }) {
      if (isShared) {
        query.sql = query.sql?.replaceAll(
          PRESENT,
          'CAST(database_now() AS INTEGER)',
        );
      }
      return super._query(connection, query);
    }
  }
  return SimulatedClient;
}
