import { mockServices } from '@backstage/backend-test-utils';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../clock/systemClock';
import { freePort } from '../testing/freePort';
import {
  isInstalled,
  startServer,
  temporaryFolder,
} from '../testing/startServer';
import { influxdb } from './influxdb';

const installed = isInstalled('influxd', 'version');
const title = installed
  ? 'influxdb against a real server'
  : 'influxdb against a real server (skipped: no influxd on the PATH; install it, or let CI run this)';

(installed ? describe : describe.skip)(title, () => {
  const window = { from: 1_700_000_000_000, to: 1_700_000_060_000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof startServer>>;
  let url: string;

  beforeAll(async () => {
    const folder = await temporaryFolder('influxdb');
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    const config = join(folder, 'influxdb.conf');
    await writeFile(
      config,
      `
      reporting-disabled = true
      bind-address = "127.0.0.1:0"
      [meta]
        dir = "${folder}/meta"
      [data]
        dir = "${folder}/data"
        wal-dir = "${folder}/wal"
      [http]
        bind-address = "127.0.0.1:${port}"
      `,
    );
    server = await startServer({
      command: ['influxd', '-config', config],
      folder,
      readyUrl: `${url}/ping`,
    });
    await post('/query', 'q=CREATE DATABASE shop');
    await post(
      '/write?db=shop&precision=ms',
      [
        'load,pod=a/1 value=100 1699999999999',
        'load,pod=a/1 value=1.5 1700000000000',
        'load,pod=a/1 value=2 1700000030000',
        'load,pod=b value=40 1700000030000',
        'load,pod=a/1 value=100 1700000060000',
        `load,pod=it's\\ \\a\\ "quoted" value=7 1700000030000`,
      ].join('\n'),
      'text/plain',
    );
  }, 60_000);

  afterAll(() => server?.close());

  async function post(
    path: string,
    body: string,
    type = 'application/x-www-form-urlencoded',
  ) {
    const headers = { 'content-type': type };
    const answer = await fetch(url + path, { method: 'POST', headers, body });
    if (!answer.ok) throw new Error(await answer.text());
  }

  const source = () =>
    influxdb.connect(influxdb.config.parse({ url, database: 'shop' }), {
      name: 'real',
      fetch,
      logger: mockServices.logger.mock(),
      clock: systemClock,
    });
  const ask = (select: string, where = '') =>
    source().query({
      query: `SELECT ${select} WHERE time >= $from AND time < $to ${where}`,
      window,
      signal,
    });

  it('reads exactly the window', async () => {
    expect((await ask('sum(value) FROM load')).value).toBe(50.5);
  });

  it.each([
    ['no such measurement', 'sum(value) FROM nothing'],
    ['no such field', 'sum(other) FROM load'],
  ])('reads %s as no value', async (_, select) => {
    expect((await ask(select)).value).toBeUndefined();
  });

  it.each([
    ['several series', 'sum(value) FROM load', 'GROUP BY pod', '3 series'],
    ['several points', 'value FROM load', '', '4 values'],
    ['several fields', 'sum(value), count(value) FROM load', '', '2 values'],
    ['a syntax error', 'sum(value FROM load', '', 'error parsing query'],
    ['several statements', '1; SELECT sum(value) FROM load', '', ''],
  ])('refuses %s', async (_, select, where, want) => {
    await expect(ask(select, where)).rejects.toThrow(want);
  });

  it('refuses a database that is not there', async () => {
    const other = influxdb.connect(
      influxdb.config.parse({ url, database: 'none' }),
      {
        name: 'real',
        fetch,
        logger: mockServices.logger.mock(),
        clock: systemClock,
      },
    );
    const query =
      'SELECT sum(value) FROM load WHERE time >= $from AND time < $to';
    await expect(other.query({ query, window, signal })).rejects.toThrow(
      'database not found: none',
    );
  });

  it.each([
    ['a/1', 3.5],
    [`it's \\a "quoted"`, 7],
    [`' OR pod != '`, undefined],
    [`\\' OR pod != '`, undefined],
    ["b'; DROP DATABASE shop; --", undefined],
  ])('takes %j as a text', async (value, want) => {
    const pod = source().escape({ type: 'string', value });
    const reading = await ask('sum(value) FROM load', `AND pod = '${pod}'`);
    expect(reading.value).toBe(want);
  });

  it('takes an escaped pattern as that pattern', async () => {
    const pods = source().escape({ type: 'pattern', value: '^a/[0-9]$' });
    const reading = await ask('sum(value) FROM load', `AND pod =~ /${pods}/`);
    expect(reading.value).toBe(3.5);
  });
});
