import { mockServices } from '@backstage/backend-test-utils';
import { LatencyMetric } from 'backstage-plugin-canary-common';
import { writeFile } from 'node:fs/promises';
import { createServer, Server } from 'node:http';
import { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { systemClock } from '../../clock/systemClock';
import { openRun } from '../../rollout';
import { measure } from '../reading/measure';
import { expose, PROTOBUF } from '../testing/exposition';
import { freePort } from '../testing/freePort';
import {
  isInstalled,
  startServer,
  temporaryFolder,
} from '../testing/startServer';
import { prometheus } from './prometheus';

const installed = isInstalled('prometheus', '--version');
const title = installed
  ? 'native histograms of a real Prometheus'
  : 'native histograms of a real Prometheus (skipped: no prometheus on the PATH; install it, or let CI run this)';

/** Seconds; what each arm answers between two scrapes. */
const FAST = [0.003, 0.02, 0.02, 0.06, 0.2];
const SLOW = [0.02, 0.7, 0.9, 1.5, 3];

const SERIES = [
  { pod: 'checkout-1', arm: 'stable', latencies: FAST },
  { pod: 'checkout-2', arm: 'stable', latencies: FAST },
  { pod: 'checkout-canary-1', arm: 'canary', latencies: SLOW },
];

const metric: LatencyMetric = {
  name: 'slowness',
  title: 'Slowness',
  kind: 'latency',
  source: 'real',
  unit: 'ms',
  boundScale: 1000,
  buckets:
    'sum(increase(http_request_duration_seconds{arm="{{ workload }}"}[{{ window }}]))',
  minimumSample: 1,
  judge: { kind: 'sequential', params: {} },
  failureLimit: 0,
  inconclusiveLimit: 0,
};

(installed ? describe : describe.skip)(title, () => {
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof startServer>>;
  let pods: Server;
  let url: string;
  const accepted: string[] = [];

  beforeAll(async () => {
    let scrapes = 0;
    pods = createServer(({ headers }, response) => {
      accepted.push(headers.accept ?? '');
      scrapes++;
      response.writeHead(200, { 'content-type': PROTOBUF });
      response.end(
        expose({
          name: 'http_request_duration_seconds',
          schema: 3,
          series: SERIES.map(({ latencies, ...labels }) => ({
            labels,
            observations: Array(scrapes).fill(latencies).flat(),
          })),
        }),
      );
    });
    await new Promise<void>(resolve => pods.listen(0, '127.0.0.1', resolve));
    const target = `127.0.0.1:${(pods.address() as AddressInfo).port}`;

    const folder = await temporaryFolder('native');
    const config = join(folder, 'prometheus.yml');
    const scrape = {
      job_name: 'pods',
      scrape_interval: '1s',
      scrape_timeout: '1s',
      static_configs: [{ targets: [target] }],
    };
    await writeFile(config, JSON.stringify({ scrape_configs: [scrape] }));
    const port = await freePort();
    url = `http://127.0.0.1:${port}`;
    server = await startServer({
      command: [
        'prometheus',
        '--enable-feature=native-histograms',
        `--config.file=${config}`,
        `--storage.tsdb.path=${join(folder, 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
      ],
      folder,
      readyUrl: `${url}/-/ready`,
    });
  }, 60_000);

  afterAll(async () => {
    await server?.close();
    pods?.closeAllConnections();
    await new Promise(resolve => pods?.close(resolve));
  });

  const source = () =>
    prometheus.connect(prometheus.config.parse({ url }), {
      name: 'real',
      fetch,
      logger: mockServices.logger.mock(),
      clock: systemClock,
    });

  function measureNow() {
    const now = Date.now();
    return measure({
      run: openRun({
        scope: 'gate',
        metrics: ['slowness'],
        startedAt: now - 10_000,
        windowFrom: now - 10_000,
        weight: 50,
        intervalMs: 10_000,
        windowMs: 10_000,
        endsAt: now,
      }),
      metric,
      now,
      arms: {
        canary: { workload: { type: 'string', value: 'canary' } },
        stable: { workload: { type: 'string', value: 'stable' } },
      },
      sources: { get: source },
      signal,
    });
  }

  /** The first window that some scrapes fell into. */
  async function measured() {
    for (;;) {
      const reading = await measureNow();
      if (reading.error !== undefined) throw new Error(reading.error);
      if (reading.canarySample! > 20) return reading;
      await new Promise(resolve => setTimeout(resolve, 500));
    }
  }

  it('counts both arms at the same bounds', async () => {
    const { counts, warnings } = await measured();
    expect(accepted[0]).toContain('application/vnd.google.protobuf');
    expect(warnings).toEqual([]);
    const { bounds, canary, stable } = counts!;
    // One pod of the canary against two that answer as often.
    expect(stable!.requests / canary!.requests).toBeCloseTo(2, 6);
    const slowerThan = (bound: number, latencies: readonly number[]) =>
      latencies.filter(seconds => seconds * 1000 > bound).length /
      latencies.length;
    bounds!.forEach((bound, index) => {
      expect(canary!.events[index] / canary!.requests).toBeCloseTo(
        slowerThan(bound, SLOW),
        6,
      );
      expect(stable!.events[index] / stable!.requests).toBeCloseTo(
        slowerThan(bound, FAST),
        6,
      );
    });
    expect(bounds).toContain(250);
  }, 30_000);

  it.each([
    [
      'several series',
      'http_request_duration_seconds',
      'answered with several series, native histograms among them',
    ],
    [
      'one among numbers',
      'sum(http_request_duration_seconds) or label_replace(vector(1), "le", "+Inf", "", "")',
      'answered with several series, native histograms among them',
    ],
  ])(
    'refuses %s',
    async (_, query, want) => {
      await measured();
      const window = { from: Date.now() - 10_000, to: Date.now() };
      await expect(
        source().queryBuckets!({ query, window, signal }),
      ).rejects.toThrow(want);
    },
    30_000,
  );

  it('says nothing of a workload without requests', async () => {
    const window = { from: Date.now() - 10_000, to: Date.now() };
    const query = 'sum(increase(http_request_duration_seconds{arm="no"}[10s]))';
    const { buckets } = await source().queryBuckets!({ query, window, signal });
    expect(buckets).toEqual([]);
  });
});
