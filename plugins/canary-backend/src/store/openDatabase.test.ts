import { mockServices } from '@backstage/backend-test-utils';
import knexFactory, { Knex } from 'knex';
import { openDatabase } from './openDatabase';

let knex: Knex;
afterEach(() => knex.destroy());

it('says that SQLite serves one process, and where to change it', async () => {
  knex = knexFactory({
    client: 'better-sqlite3',
    connection: { filename: ':memory:' },
    useNullAsDefault: true,
  });
  const logger = mockServices.logger.mock();
  await openDatabase({ getClient: async () => knex }, logger);
  expect(logger.info).toHaveBeenCalledWith(
    expect.stringContaining('serves one backend process'),
  );
});

it('refuses other databases by name', async () => {
  knex = knexFactory({ client: 'mysql2' });
  await expect(openDatabase({ getClient: async () => knex })).rejects.toThrow(
    'in PostgreSQL or SQLite, not in mysql2: change backend.database',
  );
});
