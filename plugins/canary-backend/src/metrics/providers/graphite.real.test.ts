import { mockServices } from '@backstage/backend-test-utils';
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemClock } from '../../clock/systemClock';
import { freePort } from '../testing/freePort';
import {
  isInstalled,
  startServer,
  temporaryFolder,
} from '../testing/startServer';
import { graphite } from './graphite';

const installed =
  isInstalled('graphite-manage', 'help') && isInstalled('whisper-create', '-h');
const title = installed
  ? 'graphite against a real server'
  : 'graphite against a real server (skipped: no graphite-manage or whisper-create on the PATH; install graphite-web, or let CI run this)';

(installed ? describe : describe.skip)(title, () => {
  const STEP = 10;
  // A whisper file keeps the recent past only.
  const end = Math.floor(Date.now() / 1000 / STEP) * STEP - 60;
  const window = { from: (end - 30) * 1000, to: end * 1000 };
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof startServer>>;
  let url: string;

  beforeAll(async () => {
    const folder = await temporaryFolder('graphite');
    const whisper = join(folder, 'whisper');
    for (const [pod, values] of Object.entries({
      a: [100, 1, 2, 4, 100],
      b: [100, 10, 20, 40, 100],
      silent: [],
    })) {
      await mkdir(join(whisper, 'shop', pod), { recursive: true });
      const file = join(whisper, 'shop', pod, 'errors.wsp');
      run('whisper-create', file, `${STEP}s:1h`);
      values.forEach((value, index) =>
        run('whisper-update', file, `${end - 40 + index * STEP}:${value}`),
      );
    }
    await writeFile(
      join(folder, 'canary_settings.py'),
      [
        "SECRET_KEY = 'only-for-this-test'",
        "ALLOWED_HOSTS = ['*']",
        "TIME_ZONE = 'UTC'",
        'CARBONLINK_HOSTS = []',
        `STORAGE_DIR = LOG_DIR = CONF_DIR = '${folder}'`,
        `WHISPER_DIR = '${whisper}'`,
        'STANDARD_DIRS = [WHISPER_DIR]',
        `INDEX_FILE = '${folder}/index'`,
        `DATABASES = {'default': {'ENGINE': 'django.db.backends.sqlite3', 'NAME': '${folder}/db'}}`,
      ].join('\n'),
    );
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = await startServer({
      command: [
        'graphite-manage',
        'runserver',
        '--noreload',
        `127.0.0.1:${port}`,
      ],
      folder,
      env: { PYTHONPATH: folder, GRAPHITE_SETTINGS_MODULE: 'canary_settings' },
      readyUrl: `${url}/render?format=json`,
    });
  }, 60_000);

  afterAll(() => server?.close());

  function run(program: string, ...args: string[]) {
    const { status, stderr } = spawnSync(program, args);
    if (status !== 0) throw new Error(String(stderr));
  }

  const source = () =>
    graphite.connect(graphite.config.parse({ url }), {
      name: 'real',
      fetch,
      logger: mockServices.logger.mock(),
      clock: systemClock,
    });
  const ask = async (query: string) =>
    (await source().query({ query, window, signal })).value;

  it.each([
    ['shop.a.errors#sum', 7],
    ['shop.a.errors#last', 4],
    ['shop.a.errors#min', 1],
    ['sumSeries(shop.{a,b}.errors)#max', 44],
    ['divideSeries(shop.b.errors, shop.a.errors)', 10],
    ['shop.silent.errors', undefined],
    ['shop.nobody.errors', undefined],
    ['removeBelowValue(shop.a.errors, 1000)', undefined],
  ])('reads %s', async (query, want) => {
    expect(await ask(query)).toBe(want);
  });

  it('refuses several series', async () => {
    await expect(ask('shop.*.errors')).rejects.toThrow('3 series');
  });

  it('says why a target is refused', async () => {
    await expect(ask('nope(shop.a.errors)')).rejects.toThrow(
      'status 400: Invalid parameters',
    );
  });

  it.each(['*', 'a.errors,shop.b', '{a,b}', "a'", '[ab]'])(
    'takes %j as one part of a path',
    async value => {
      const pod = source().escape({ type: 'string', value });
      expect(await ask(`shop.${pod}.errors`)).toBeUndefined();
    },
  );
});
