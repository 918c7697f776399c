import http from 'node:http';
import { AddressInfo } from 'node:net';
import { Measurement, RolloutEvent } from 'backstage-plugin-canary-common';
import {
  answering,
  Behaviour,
  MetricsServer,
} from './__testUtils__/MetricsServer';
import { Portal } from './__testUtils__/Portal';
import { serviceEntity } from './__testUtils__/serviceEntity';
import { Shop } from './__testUtils__/Shop';

jest.setTimeout(120_000);

/** Long enough for two usable measurements in a row. */
const HOLD_MS = 4_000;

/** What is wrong with the metrics of a service, and what people shall read of it. */
interface Trouble {
  /** Name of the metric, its plan, and the service that is rolled out. */
  readonly name: string;
  readonly what: string;
  readonly behaviour?: Behaviour;
  readonly source?: 'web' | 'prometheus' | 'nobody';
  readonly query?: string;
  readonly verdict: 'NoData' | 'Error';
  readonly sentence: RegExp;
}

const troubles: Trouble[] = [
  {
    name: 'down',
    what: 'hangs up',
    behaviour: response => response.destroy(),
    verdict: 'Error',
    sentence: /Metrics source "web" failed: fetch failed \(.+\)/,
  },
  {
    name: 'gone',
    what: 'is not there',
    source: 'nobody',
    verdict: 'Error',
    sentence:
      /Metrics source "nobody" failed: fetch failed \(.*ECONNREFUSED.*\)/,
  },
  {
    name: 'slow',
    what: 'never answers',
    behaviour: () => {},
    verdict: 'Error',
    sentence: /Metrics source "web" did not answer within 300 ms/,
  },
  {
    name: 'trickling',
    what: 'begins to answer and never ends',
    behaviour: response => response.write('{"value": 0'),
    verdict: 'Error',
    sentence: /Metrics source "web" did not answer within 300 ms/,
  },
  {
    name: 'broken',
    what: 'answers with an error',
    behaviour: answering('{"value": 0}', 500),
    verdict: 'Error',
    sentence: /Metrics source "web" answered with status 500/,
  },
  {
    name: 'garbage',
    what: 'answers with a page of HTML',
    behaviour: answering('<html>0</html>'),
    verdict: 'Error',
    sentence: /Metrics source "web" did not answer with JSON/,
  },
  {
    name: 'wordy',
    what: 'answers with a text',
    behaviour: answering('{"value": "fast"}'),
    verdict: 'Error',
    sentence: /Metrics source "web" has a string at \$\.value, not a number/,
  },
  {
    name: 'several',
    what: 'has several values',
    query: '/several#$..value',
    behaviour: answering('[{"value": 0}, {"value": 0}]'),
    verdict: 'Error',
    sentence: /Metrics source "web" has 2 values at \$\.\.value; narrow it/,
  },
  {
    name: 'series',
    what: 'has several series',
    source: 'prometheus',
    query: 'up',
    behaviour: answering(
      '{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[0,"0"]},{"metric":{},"value":[0,"0"]}]}}',
    ),
    verdict: 'Error',
    sentence: /Metrics source "prometheus" .*2 series/,
  },
  {
    name: 'huge',
    what: 'answers with more than a megabyte',
    behaviour: answering(`{"value": 0, "rest": "${'x'.repeat(1024 * 1024)}"}`),
    verdict: 'Error',
    sentence:
      /Metrics source "web" failed: its answer is longer than 1048576 b/,
  },
  {
    name: 'nan',
    what: 'has no number',
    behaviour: answering('{"value": "NaN"}'),
    verdict: 'NoData',
    sentence: /the canary's value is not a finite number \(NaN\)/,
  },
  {
    name: 'infinite',
    what: 'has an endless number',
    behaviour: answering('{"value": "Infinity"}'),
    verdict: 'NoData',
    sentence: /the canary's value is not a finite number \(Infinity\)/,
  },
  {
    name: 'empty',
    what: 'has nothing',
    behaviour: answering('{}'),
    verdict: 'NoData',
    sentence: /no value for the canary/,
  },
];

const metrics = new MetricsServer();
let shop: Shop;
let portal: Portal;
let untouched: unknown;
const started = new Map<string, string>();

/** A port on which nobody listens. */
async function freePort(): Promise<number> {
  const server = http.createServer().listen(0, '127.0.0.1');
  await new Promise(resolve => {
    server.once('listening', resolve);
  });
  const { port } = server.address() as AddressInfo;
  await new Promise(resolve => {
    server.close(resolve);
  });
  return port;
}

function metricOf({ name, source = 'web', query }: Trouble) {
  return {
    source,
    query: query ?? `/${name}#$.value`,
    judge: { kind: 'threshold', max: 1 },
  };
}

function planOf({ name }: Trouble) {
  return {
    traffic: {
      router: 'gateway-api',
      route: { name },
      settle: '0s',
      drain: '0s',
    },
    steps: [
      { setWeight: 20 },
      { analysis: { metrics: [name], interval: '1s', duration: '2s' } },
      { setWeight: 50 },
    ],
    analysis: { metrics: [name], interval: '1s', gate: { duration: '1s' } },
    onNoData: { hold: `${HOLD_MS}ms`, then: 'rollback' },
  };
}

const table = <T>(cell: (trouble: Trouble) => T) =>
  Object.fromEntries(troubles.map(one => [one.name, cell(one)]));

async function roll({ name }: Trouble) {
  const { id } = await portal.roll(name, `shop/${name}:v2`, name);
  return id;
}

beforeAll(async () => {
  await metrics.start();
  shop = await Shop.open();
  for (const { name } of troubles) await shop.add(name);
  await shop.settle();
  untouched = await shop.snapshot();

  portal = await Portal.open({
    entities: troubles.map(({ name }) =>
      serviceEntity(name, { 'canary/workload': `deployment/${name}` }),
    ),
    canary: {
      clusters: [{ name: 'shop', url: shop.kubernetesUrl, token: 'any' }],
      metricSources: {
        web: { kind: 'web', url: metrics.url, timeout: '300ms' },
        prometheus: { kind: 'prometheus', url: `${metrics.url}/series` },
        nobody: { kind: 'web', url: `http://127.0.0.1:${await freePort()}` },
      },
      metrics: table(metricOf),
      plans: table(planOf),
    },
  });
  // All at once, so that their holds pass together.
  for (const trouble of troubles) {
    if (trouble.behaviour) metrics.set(trouble.name, trouble.behaviour);
    started.set(trouble.name, await roll(trouble));
  }
});
afterAll(async () => {
  await portal?.stop();
  await shop?.close();
  await metrics.stop();
});

const at = (events: readonly RolloutEvent[], wanted: RegExp) =>
  Date.parse(events.find(({ message }) => wanted.test(message))?.at ?? '');

describe('a metrics server that', () => {
  it.each(troubles)(
    '$what holds a release, fails it only after the hold, and never promotes it',
    async ({ name, verdict, sentence }) => {
      const id = started.get(name)!;
      const ended = await portal.untilPhase(id, 'RolledBack');
      expect(ended.outcome).toMatchObject({
        reason: verdict === 'Error' ? 'MetricsUnavailable' : 'NoData',
        message: expect.stringMatching(sentence),
      });

      const { items } = (await portal.get(`/rollouts/${id}/measurements`))
        .body as { items: Measurement[] };
      expect(new Set(items.map(one => one.verdict))).toEqual(
        new Set([verdict]),
      );

      const events = await portal.events(id);
      const heldAt = at(events, /^Held \(NoData\)/);
      expect(at(events, /RollingBack/) - heldAt).toBeGreaterThan(HOLD_MS - 500);
      const words = events.map(({ message }) => message).join('\n');
      expect(words).not.toMatch(/Promoting|50 %/);
    },
  );

  it('was bad leaves nothing behind in the cluster', async () => {
    for (const id of started.values())
      await portal.untilPhase(id, 'RolledBack');
    expect(await shop.snapshot()).toEqual(untouched);
  });

  it.each(troubles.filter(({ name }) => ['slow', 'nan'].includes(name)))(
    '$what holds a release only until it is well again',
    async trouble => {
      const id = await roll(trouble);
      const held = await portal.untilPhase(id, 'Paused');
      expect(held.holds).toMatchObject([
        { reason: 'NoData', message: expect.stringMatching(trouble.sentence) },
      ]);
      metrics.heal(trouble.name);
      await portal.untilPhase(id, 'Succeeded');
      expect(await shop.image(trouble.name)).toBe(`shop/${trouble.name}:v2`);
    },
  );
});
