import { mockServices } from '@backstage/backend-test-utils';
import { ConfigReader } from '@backstage/config';
import { QueryArgument } from 'backstage-plugin-canary-node';
import { systemClock } from '../../clock/systemClock';
import { builtInJudges } from '../../analysis';
import { soundMetrics } from '../../plans/testing/soundMetrics';
import { podPattern } from '../reading/armArguments';
import { metricPresets } from './presets';
import { prometheus } from '../providers/prometheus';
import { validateTemplate } from '../reading/queryTemplate';
import { readArm } from '../reading/readArm';
import { hasPrometheus, startPrometheus } from '../testing/startPrometheus';

const title = hasPrometheus
  ? 'presets against a real Prometheus'
  : 'presets against a real Prometheus (skipped: no prometheus and promtool on the PATH; install them, or let CI run this)';

/** One set of pods whose requests are counted. */
interface Traffic {
  readonly namespace: string;
  readonly workload: string;
  readonly pod: string;
  readonly perSecond: number;
  /** Share of errors. */
  readonly errors: number;
  /** Share of requests that take between the histogram's bounds, not less. */
  readonly slow: number;
}

const STABLE: Traffic = {
  namespace: 'shop',
  workload: 'checkout',
  pod: 'checkout-7c9d8f6b5-x7k2p',
  perSecond: 20,
  errors: 0.01,
  slow: 0.01,
};
const CANARY: Traffic = {
  ...STABLE,
  workload: 'checkout-canary',
  pod: 'checkout-canary-5f2d8f6b5-a1b2c',
  perSecond: 2,
  errors: 0.1,
  slow: 0.5,
};
/** A program that never failed has no series of failures. */
const SOUND: Traffic = {
  ...STABLE,
  workload: 'sound',
  pod: 'sound-7c9d8f6b5-x7k2p',
  errors: 0,
};
/** What must not be counted, whatever begins or ends alike. */
const OTHERS: readonly Traffic[] = [
  { ...CANARY, namespace: 'other', perSecond: 100, errors: 1 },
  { ...STABLE, namespace: 'other', perSecond: 100, errors: 1 },
  {
    ...STABLE,
    workload: 'checkout-api',
    pod: 'checkout-api-7c9d8f6b5-x7k2p',
    perSecond: 100,
    errors: 1,
  },
];

type Labels = Readonly<Record<string, string>>;

/** How each instrumentation labels the traffic; the counter's failures by two sets of labels. */
const FAMILIES: Readonly<
  Record<
    string,
    {
      readonly counter: string;
      readonly histogram: string;
      readonly bounds: readonly [fast: number, slow: number];
      readonly labels: (traffic: Traffic) => Labels;
      readonly passed: Labels;
      readonly failed: Labels;
    }
  >
> = {
  istio: {
    counter: 'istio_requests_total',
    histogram: 'istio_request_duration_milliseconds',
    bounds: [100, 1000],
    labels: ({ namespace, workload }) => ({
      reporter: 'destination',
      destination_workload_namespace: namespace,
      destination_workload: workload,
    }),
    passed: { response_code: '200' },
    failed: { response_code: '503' },
  },
  contour: {
    counter: 'envoy_cluster_upstream_rq_xx',
    histogram: 'envoy_cluster_upstream_rq_time',
    bounds: [100, 1000],
    labels: ({ namespace, workload }) => ({
      envoy_cluster_name: `${namespace}_${workload}_80`,
    }),
    passed: { envoy_response_code_class: '2' },
    failed: { envoy_response_code_class: '5' },
  },
  'nginx-ingress': {
    counter: 'nginx_ingress_controller_requests',
    histogram: 'nginx_ingress_controller_request_duration_seconds',
    bounds: [0.1, 1],
    labels: ({ namespace, workload }) => ({
      namespace: 'ingress-nginx',
      exported_namespace: namespace,
      // The canary's requests are counted under the stable's Service.
      exported_service: workload.replace('-canary', ''),
      canary: workload.endsWith('-canary') ? `${namespace}-${workload}-80` : '',
    }),
    passed: { status: '200' },
    failed: { status: '502' },
  },
  linkerd: {
    counter: 'response_total',
    histogram: 'response_latency_ms',
    bounds: [100, 1000],
    labels: ({ namespace, workload }) => ({
      direction: 'inbound',
      namespace,
      deployment: workload,
    }),
    passed: { classification: 'success' },
    failed: { classification: 'failure' },
  },
  traefik: {
    counter: 'traefik_service_requests_total',
    histogram: 'traefik_service_request_duration_seconds',
    bounds: [0.1, 1],
    labels: ({ namespace, workload }) => ({
      service: `${namespace}-${workload}-80@kubernetescrd`,
    }),
    passed: { code: '200' },
    failed: { code: '500' },
  },
  opentelemetry: {
    counter: 'http_server_request_duration_seconds_count',
    histogram: 'http_server_request_duration_seconds',
    bounds: [0.1, 1],
    labels: ({ namespace, pod }) => ({
      k8s_namespace_name: namespace,
      k8s_pod_name: pod,
    }),
    passed: { http_response_status_code: '200' },
    failed: { http_response_status_code: '500' },
  },
  micrometer: {
    counter: 'http_server_requests_seconds_count',
    histogram: 'http_server_requests_seconds',
    bounds: [0.1, 1],
    labels: ({ namespace, pod }) => ({ namespace, pod }),
    passed: { status: '200' },
    failed: { status: '500' },
  },
  'prom-client': {
    counter: 'http_request_duration_seconds_count',
    histogram: 'http_request_duration_seconds',
    bounds: [0.1, 1],
    labels: ({ namespace, pod }) => ({ namespace, pod }),
    passed: { status_code: '200' },
    failed: { status_code: '500' },
  },
};

const STEP = 15;
const END = 1_700_000_400;
const WINDOW = 300;

/** Counters that rise evenly, as lines of OpenMetrics with their times. */
function exposition(): string {
  const series = new Map<string, string[]>();
  const count = (name: string, labels: Labels, perSecond: number) => {
    const text = Object.entries(labels)
      .map(([label, value]) => `${label}="${value}"`)
      .join(',');
    const lines = series.get(name) ?? [];
    series.set(name, lines);
    for (let at = END - WINDOW - STEP; at <= END; at += STEP) {
      const value = (at - END + WINDOW + STEP) * perSecond;
      lines.push(`${name}{${text}} ${value} ${at}`);
    }
  };
  for (const family of Object.values(FAMILIES)) {
    const { counter, histogram, bounds, labels, passed, failed } = family;
    for (const traffic of [STABLE, CANARY, SOUND, ...OTHERS]) {
      const own = labels(traffic);
      const { perSecond, errors, slow } = traffic;
      count(counter, { ...own, ...passed }, perSecond * (1 - errors));
      if (errors > 0) {
        count(counter, { ...own, ...failed }, perSecond * errors);
      }
      [String(bounds[0]), String(bounds[1]), '+Inf'].forEach((le, index) =>
        count(
          `${histogram}_bucket`,
          { ...own, le },
          perSecond * (index === 0 ? 1 - slow : 1),
        ),
      );
    }
  }
  const blocks = [...series].map(([name, lines]) =>
    [`# TYPE ${name} unknown`, ...lines].join('\n'),
  );
  return `${blocks.join('\n')}\n# EOF\n`;
}

(hasPrometheus ? describe : describe.skip)(title, () => {
  const { signal } = new AbortController();
  let server: Awaited<ReturnType<typeof startPrometheus>>;
  let url: string;

  beforeAll(async () => {
    server = await startPrometheus(exposition());
    url = server.url;
  }, 60_000);

  afterAll(() => server?.close());

  /** What a preset reads of the workload, with the keys of an entry of its own. */
  function ask(preset: string, { namespace, workload }: Traffic) {
    const source = prometheus.connect(prometheus.config.parse({ url }), {
      name: 'real',
      fetch,
      logger: mockServices.logger.mock(),
      clock: systemClock,
    });
    const args: Record<string, QueryArgument> = {
      namespace: { type: 'string', value: namespace },
      workload: { type: 'string', value: workload },
      service: { type: 'string', value: workload },
      pods: { type: 'pattern', value: podPattern(workload)! },
    };
    const window = { from: (END - WINDOW) * 1000, to: END * 1000 };
    const { metric } = soundMetrics(
      new ConfigReader({
        canary: { metrics: { metric: { preset, source: 'real' } } },
      }),
      {
        judges: builtInJudges(),
        sources: ['real'],
        presets: metricPresets,
        validateTemplate,
      },
    );
    return readArm(metric, args, { source, window, signal });
  }

  // Interpolated between the bounds, as histogram_quantile does.
  const rows = Object.keys(FAMILIES).flatMap(family => [
    { family, arm: 'canary', traffic: CANARY, p95: 910 },
    { family, arm: 'stable', traffic: STABLE, p95: (100 * 0.95) / 0.99 },
  ]);

  it.each(rows)(
    'tells the $arm by $family',
    async ({ family, traffic, p95 }) => {
      const { perSecond, errors, slow } = traffic;
      const requests = perSecond * WINDOW;

      const rate = await ask(`${family}/error-rate`, traffic);
      expect(rate.warnings).toEqual([]);
      expect(rate.value).toBeCloseTo(100 * errors, 3);
      expect(rate.sample).toBeCloseTo(requests, 0);
      expect(rate.counts!.events[0]).toBeCloseTo(requests * errors, 0);

      const latency = await ask(`${family}/latency`, traffic);
      expect(latency.value).toBeCloseTo(p95, 2);
      expect(latency.sample).toBeCloseTo(requests, 0);
      const [fast, slower] = latency.histogram!.buckets;
      expect([fast.bound, slower.bound]).toEqual([100, 1000]);
      expect(fast.count).toBeCloseTo(requests * (1 - slow), 0);
      expect(slower.count).toBeCloseTo(requests, 0);

      const { value } = await ask(`${family}/request-rate`, traffic);
      expect(value).toBeCloseTo(perSecond, 2);
    },
  );

  it.each(Object.keys(FAMILIES))(
    'says nothing of a workload without requests by %s',
    async family => {
      const idle = { ...CANARY, workload: 'idle' };
      for (const figure of ['error-rate', 'latency', 'request-rate']) {
        const reading = await ask(`${family}/${figure}`, idle);
        expect(reading.value).toBeUndefined();
        expect(reading.sample).toBeUndefined();
        expect(reading.error).toBeUndefined();
      }
    },
  );

  it.each(Object.keys(FAMILIES))(
    'counts no failures of a workload without any by %s',
    async family => {
      const { counts, value } = await ask(`${family}/error-rate`, SOUND);
      expect(counts!.events).toEqual([0]);
      expect(value).toBe(0);
    },
  );
});
