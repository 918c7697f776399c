import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import knexFactory, { Knex } from 'knex';

/** A real PostgreSQL server for tests. */
export interface TestPostgres {
  /** Knex configuration of a database that is new and empty. */
  createDatabase(): Promise<Knex.Config>;
  /** Ends the server and removes its files. */
  stop(): Promise<void>;
}

/** Starts a PostgreSQL server of its own; takes about two seconds. */
export async function startPostgres(): Promise<TestPostgres> {
  // eslint-disable-next-line no-restricted-syntax -- for tests, never built
  const script = join(__dirname, 'servePostgres.mjs');
  const server = spawn(process.execPath, [script]);
  const exited = once(server, 'exit');
  let complaint = '';
  server.stderr.on('data', chunk => {
    complaint += chunk;
  });
  const [line] = await Promise.race([
    once(createInterface(server.stdout), 'line'),
    exited.then(() => {
      throw new Error(`PostgreSQL did not start: ${complaint}`);
    }),
  ]);
  const { port, user, password } = JSON.parse(line);
  const configOf = (database: string): Knex.Config => ({
    client: 'pg',
    connection: { host: '127.0.0.1', port, user, password, database },
    pool: { min: 0, max: 10 },
  });

  let count = 0;
  return {
    async createDatabase() {
      count += 1;
      const name = `canary_${count}`;
      const admin = knexFactory(configOf('postgres'));
      await admin.raw('CREATE DATABASE ??', [name]);
      await admin.destroy();
      return configOf(name);
    },
    async stop() {
      server.stdin.end();
      await exited;
    },
  };
}
