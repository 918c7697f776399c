import { mockServices } from '@backstage/backend-test-utils';
import {
  MetricBuckets,
  MetricReading,
  MetricSource,
  QueryArgument,
} from 'backstage-plugin-canary-node';
import { systemClock } from '../../clock/systemClock';
import { podPattern } from '../reading/armArguments';
import { prometheus } from '../providers/prometheus';
import { renderQuery } from '../reading/queryTemplate';
import { hasPrometheus, startPrometheus } from '../testing/startPrometheus';

const title = hasPrometheus
  ? 'one query for many arms of a real Prometheus'
  : 'one query for many arms of a real Prometheus (skipped: no prometheus and promtool on the PATH; install them, or let CI run this)';

const END = 1_700_000_000;
const WINDOW = 60;
const STEP = 5;

/** Versions of workloads: alike in name, with dots and dashes, of one pod and of several. */
const ARMS = [
  ['shop', 'checkout', '7c9d8f6b5', 3],
  ['shop', 'checkout-canary', '5f2d8f6b5', 1],
  ['shop', 'checkout-api', '7c9d8f6b5', 2],
  ['shop', 'a.b', '7c9d8f6b5', 2],
  ['shop', 'acb', '7c9d8f6b5', 1],
  ['other', 'checkout', '7c9d8f6b5', 2],
  ['other', 'cart', '6d4d8f6b5', 2],
] as const;

/** In the server's data, and asked for by nobody. */
const STRANGER = ['other', 'checkout-canary', '5f2d8f6b5', 2] as const;
/** Asked for, and not in the data. */
const IDLE = ['shop', 'idle', '7c9d8f6b5', 0] as const;

function exposition(): string {
  const counters: string[] = ['# TYPE http_requests_total unknown'];
  const buckets: string[] = ['# TYPE http_seconds_bucket unknown'];
  const olds: string[] = ['# TYPE old_requests_total unknown'];
  const count = (lines: string[], series: string, perSecond: number) => {
    for (let at = END - WINDOW - STEP; at <= END; at += STEP) {
      const value = (at - END + WINDOW + STEP) * perSecond;
      lines.push(`${series} ${value} ${at}`);
    }
  };
  [...ARMS, STRANGER].forEach(([namespace, workload, hash, pods], index) => {
    for (let pod = 0; pod < pods; pod++) {
      const rate = (index + 1) * (pod + 2);
      const labels = `namespace="${namespace}",workload="${workload}",pod="${workload}-${hash}-x7k2${pod}"`;
      count(counters, `http_requests_total{${labels},code="200"}`, rate * 9);
      // One workload never failed, and has no such series.
      if (workload !== 'checkout-api') {
        count(counters, `http_requests_total{${labels},code="503"}`, rate);
      }
      ['0.1', '1', '+Inf'].forEach((le, bucket) =>
        count(
          buckets,
          `http_seconds_bucket{${labels},le="${le}"}`,
          rate * (bucket + 7),
        ),
      );
    }
    if (index % 2 === 0) {
      const labels = `ns="${namespace}",service="${namespace}-${workload}-80"`;
      count(olds, `old_requests_total{${labels}}`, index + 1);
    }
  });
  return [...counters, ...buckets, ...olds, '# EOF', ''].join('\n');
}

const BY_WORKLOAD = 'namespace="{{ namespace }}", workload="{{ workload }}"';
const BY_PODS = 'namespace="{{ namespace }}", pod=~"{{ pods }}"';
const OLD = 'service=~"{{ namespace }}-{{ service }}-[0-9]+(x)?"';

const READINGS: readonly (readonly [string, string])[] = [
  ['a sum', `sum(increase(http_requests_total{${BY_WORKLOAD}}[{{ window }}]))`],
  [
    'a sum of pods',
    `sum(increase(http_requests_total{${BY_PODS}}[{{ window }}]))`,
  ],
  ['a count of pods', `count(http_requests_total{${BY_PODS}, code="200"})`],
  ['a maximum', `max(rate(http_requests_total{${BY_WORKLOAD}}[{{ window }}]))`],
  [
    'a part with its unit',
    `sum(rate(http_requests_total{${BY_PODS}}[{{ window }}])) / 60 * 2`,
  ],
  [
    'failures, or none',
    `sum(increase(http_requests_total{${BY_PODS}, code=~"5.."}[{{ window }}])) or vector(0)`,
  ],
  [
    'a share',
    `100 * (sum(rate(http_requests_total{${BY_WORKLOAD}, code=~"5.."}[{{ window }}])) / sum(rate(http_requests_total{${BY_WORKLOAD}}[{{ window }}])))`,
  ],
  [
    'a quantile',
    `1000 * histogram_quantile(0.95, sum by (le) (rate(http_seconds_bucket{${BY_WORKLOAD}}[{{ window }}])))`,
  ],
  [
    'the first of two ways',
    `sum(increase(old_requests_total{${OLD}}[{{ window }}])) or sum(increase(http_requests_total{${BY_PODS}}[{{ window }}]))`,
  ],
  [
    'a way that a pattern tells',
    `sum(increase(old_requests_total{${OLD}}[{{ window }}]))`,
  ],
  [
    'an hour ago',
    `sum(increase(http_requests_total{${BY_PODS}}[{{ window }}] offset 10s))`,
  ],
];

/** Sums of the same numbers in another order differ in their last digits. */
function rounded(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Number(value.toPrecision(12));
}

/** Of one that must be asked alone, nothing. */
function told(reading: MetricReading | undefined) {
  return reading && { value: rounded(reading.value), at: reading.at };
}

function toldByBucket(answer: MetricBuckets | undefined) {
  const counts = answer?.buckets.map(
    ({ bound, count }) => [bound, rounded(count)!] as const,
  );
  return counts?.sort(([one], [other]) => one - other);
}

(hasPrometheus ? describe : describe.skip)(title, () => {
  const { signal } = new AbortController();
  const window = { from: (END - WINDOW) * 1000, to: END * 1000 };
  const arms = [...ARMS, IDLE].map(argumentsOf);
  let server: Awaited<ReturnType<typeof startPrometheus>>;
  let source: MetricSource;

  beforeAll(async () => {
    server = await startPrometheus(exposition());
    source = prometheus.connect(prometheus.config.parse({ url: server.url }), {
      name: 'real',
      fetch,
      logger: mockServices.logger.mock(),
      clock: systemClock,
    });
  }, 60_000);

  afterAll(() => server?.close());

  function argumentsOf([namespace, workload, hash]: readonly [
    string,
    string,
    string,
    number,
  ]): Record<string, QueryArgument> {
    return {
      namespace: { type: 'string', value: namespace },
      workload: { type: 'string', value: workload },
      service: { type: 'string', value: workload },
      pods: { type: 'pattern', value: podPattern(workload, hash)! },
    };
  }

  const timed = (template: string) =>
    template.replaceAll('{{ window }}', `${WINDOW}s`);

  const alone = (template: string) =>
    arms.map(args => ({
      query: renderQuery(template, args, source.escape),
      window,
      signal,
    }));

  it.each(READINGS)(
    'tells of each what it is told alone: %s',
    async (_, raw) => {
      const template = timed(raw);
      const group = source.group!(template)!;
      const readings = await group.query({ each: arms, window, signal });
      const single = await Promise.all(alone(template).map(source.query));
      expect(
        single.filter(one => one.value !== undefined).length,
      ).toBeGreaterThan(2);
      expect(readings.map(told)).toEqual(single.map(told));
    },
  );

  it.each([BY_WORKLOAD, BY_PODS])(
    'tells the buckets of each by %s',
    async labels => {
      const template = `sum by (le) (increase(http_seconds_bucket{${labels}}[${WINDOW}s]))`;
      const buckets = await source.group!(template)!.queryBuckets!({
        each: arms,
        window,
        signal,
      });
      const single = await Promise.all(
        alone(template).map(source.queryBuckets!),
      );
      expect(single[0].buckets).toHaveLength(3);
      expect(buckets.map(toldByBucket)).toEqual(single.map(toldByBucket));
    },
  );

  it('leaves to be asked alone what it cannot put together', async () => {
    const template = `max(rate(http_requests_total{${BY_PODS}}[${WINDOW}s]))`;
    const readings = await source.group!(template)!.query({
      each: arms,
      window,
      signal,
    });
    // The largest of several pods is no matter of adding.
    expect(readings[0]).toBeUndefined();
    expect(readings[1]?.value).toBeGreaterThan(0);
  });
});
