import { mockServices } from '@backstage/backend-test-utils';
import { ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../clock/systemClock';
import { freePort } from '../testing/freePort';
import { prometheus } from './prometheus';

const installed = spawnSync('prometheus', ['--version']).status === 0;
const title = installed
  ? 'prometheus against a real server'
  : 'prometheus against a real server (skipped: no prometheus on the PATH; install it, or let CI run this)';

/**
 * The double in the contract suite answers as we believe Prometheus does; this
 * asks the real one the same questions.
 */
(installed ? describe : describe.skip)(title, () => {
  let server: ChildProcess;
  let folder: string;
  let url: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'canary-prometheus-'));
    const port = await freePort();
    url = `http://127.0.0.1:${port}/prefix`;
    const config = join(folder, 'prometheus.yml');
    await writeFile(config, 'scrape_configs: []\n');
    server = spawn(
      'prometheus',
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        '--web.route-prefix=/prefix',
      ],
      { stdio: 'ignore' },
    );
    for (;;) {
      const ready = await fetch(`${url}/-/ready`).catch(() => undefined);
      if (ready?.ok) return;
      if (server.exitCode !== null) throw new Error('prometheus did not start');
      await new Promise(resolve => setTimeout(resolve, 50));
    }
  }, 60_000);

  afterAll(async () => {
    const ended = new Promise(resolve => server.once('exit', resolve));
    server.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  });

  function source() {
    return prometheus.connect(prometheus.config.parse({ url }), {
      name: 'real',
      fetch,
      logger: mockServices.logger.mock(),
      clock: systemClock,
    });
  }

  const window = { from: 1_700_000_000_000, to: 1_700_000_060_500 };
  const { signal } = new AbortController();
  const ask = (query: string) => source().query({ query, window, signal });

  it.each([
    ['a vector of one', 'vector(42.5)', 42.5],
    ['a scalar', '42.5', 42.5],
    ['no series', 'absent(vector(1))', undefined],
    ['not a number', 'vector(0) / 0', NaN],
    ['an infinity', '-vector(1) / 0', -Infinity],
    ['the end of the window as its time', 'vector(time())', 1_700_000_060.5],
  ])('reads %s', async (_, query, want) => {
    expect((await ask(query)).value).toBe(want);
  });

  it('says when the value was taken', async () => {
    expect((await ask('vector(1)')).at).toBe(window.to);
  });

  it.each([
    [
      'several series',
      'vector(1) or label_replace(vector(2), "a", "b", "", "")',
      'answered with 2 series',
    ],
    ['a matrix', 'vector(1)[1m:1s]', 'answered with a matrix'],
    ['a text', '"x"', 'answered with a string'],
    ['a syntax error', 'sum(', 'refused the query: bad_data'],
    [
      'an error of evaluation',
      'label_replace(vector(1), "9", "", "", "")',
      'refused',
    ],
  ])('refuses %s', async (_, query, want) => {
    await expect(ask(query)).rejects.toThrow(want);
  });

  it('reads a range', async () => {
    const { points } = await source().queryRange!({
      query: 'vector(time())',
      window: { from: 1_700_000_000_000, to: 1_700_000_030_000 },
      stepMs: 15_000,
      signal,
    });
    expect(points).toEqual(
      [0, 15, 30].map(offset => ({
        at: 1_700_000_000_000 + offset * 1000,
        value: 1_700_000_000 + offset,
      })),
    );
  });

  it.each([
    '"',
    "'",
    '`',
    '\\',
    '\n',
    '"} or vector(99) #',
    '$1',
    '{{',
    '🐤',
    'é',
  ])('takes %j as a text in either kind of quotes', async text => {
    const escaped = source().escape({ type: 'string', value: text });
    for (const quote of ['"', "'"]) {
      const other = JSON.stringify(text);
      const label = (value: string) =>
        `label_replace(vector(1), "got", ${value.replaceAll(
          '$',
          '$$$$',
        )}, "", "")`;
      const { value } = await ask(
        `${label(`${quote}${escaped}${quote}`)} == on (got) ${label(other)}`,
      );
      expect(value).toBe(1);
    }
  });

  it('takes an escaped pattern as that pattern', async () => {
    const pods = source().escape({
      type: 'pattern',
      value: '^a\\.b-[a-z]{2}$',
    });
    const matches = (pod: string) =>
      ask(
        `label_replace(label_replace(vector(1), "pod", "${pod}", "", ""), "hit", "yes", "pod", "${pods}") == on (hit) label_replace(vector(1), "hit", "yes", "", "")`,
      );
    expect((await matches('a.b-xy')).value).toBe(1);
    expect((await matches('aXb-xy')).value).toBeUndefined();
  });
});
