import {
  CanaryApi,
  Measurement,
  MetricDefinition,
  Rollout,
} from 'backstage-plugin-canary-common';
import {
  after,
  eventFixture,
  FakeCanaryApi,
  planFixture,
  rolledBackFixture,
  rolloutFixture,
} from '../src/__testUtils__';
import { evidenceLooks, MadeUpTraffic } from './evidenceLooks';

const BOUNDS = [100, 250, 500, 1000, 2500];

const ERRORS: MadeUpTraffic = {
  metric: 'error-rate',
  looks: 30,
  seed: 4,
  requests: { canary: 400, stable: 3600 },
  rates: [{ canary: 0.005, stable: 0.005 }],
};

const LATENCY: MadeUpTraffic = {
  metric: 'latency',
  looks: 30,
  seed: 7,
  requests: { canary: 400, stable: 3600 },
  bounds: BOUNDS,
  headline: 1,
  rates: [0.3, 0.05, 0.012, 0.004, 0.001].map(rate => ({
    canary: rate,
    stable: rate,
  })),
};

function sequential(
  name: string,
  title: string,
  unit: string,
  params: MetricDefinition['judge']['params'] = {},
): MetricDefinition {
  return {
    name,
    title,
    source: 'prometheus',
    query: 'sum(increase(http_requests_total[10s]))',
    unit,
    minimumSample: 100,
    judge: { kind: 'sequential', params: { maxRatio: 2, ...params } },
    failureLimit: 0,
    inconclusiveLimit: 0,
  };
}

function judged(
  rollout: Rollout,
  measurements: readonly Measurement[],
  params?: MetricDefinition['judge']['params'],
): CanaryApi {
  const latest = measurements
    .map(({ at }) => Date.parse(at))
    .sort((a, b) => a - b);
  const shift = Date.now() - latest[latest.length - 1] - 3000;
  const plan = planFixture({
    metrics: {
      'error-rate': sequential('error-rate', 'Error rate', 'percent', params),
      latency: sequential('latency', 'Latency p95', 'ms', params),
    },
  });
  const all = {
    rollouts: [{ ...rollout, ...told(rollout, measurements), plan }],
    measurements: [...measurements].sort((a, b) => a.at.localeCompare(b.at)),
    events: [
      eventFixture(1, {
        kind: 'ExposureChanged',
        at: after(55),
        message: 'Weight 0 % to 10 %',
        data: { to: { weight: 10 } },
      }),
    ],
  };
  return new FakeCanaryApi({
    ...JSON.parse(
      JSON.stringify(all).replace(/2026-11-22T[\d:.]+Z/g, iso =>
        new Date(Date.parse(iso) + shift).toISOString(),
      ),
    ),
    pageSize: 500,
  });
}

/** The rollout says what its measurements say. */
function told(rollout: Rollout, measurements: readonly Measurement[]) {
  const failed = measurements.find(({ verdict }) => verdict === 'Fail');
  const { outcome } = rollout;
  return {
    metrics: [],
    outcome: outcome && failed ? { ...outcome, message: failed.rule } : outcome,
  };
}

/** What a judge that gathers evidence makes of a canary. */
export const evidenceScenarios: Record<string, () => CanaryApi> = {
  /** Healthy: the band closes in around 1 until it is below the limit. */
  evidencePassing: () =>
    judged(rolloutFixture(), [
      ...evidenceLooks(ERRORS),
      ...evidenceLooks(LATENCY),
    ]),
  /** Six times the errors: found after a few looks at a tenth of the traffic. */
  evidenceRegression: () =>
    judged(rolledBackFixture(), [
      ...evidenceLooks({
        ...ERRORS,
        requests: { canary: 60, stable: 540 },
        rates: [{ canary: 0.03, stable: 0.005 }],
        seed: 5,
      }),
      ...evidenceLooks({ ...LATENCY, looks: 4 }),
    ]),
  /** Only the tail got slower. */
  evidenceLatency: () =>
    judged(rolledBackFixture(), [
      ...evidenceLooks({ ...ERRORS, looks: 11 }),
      ...evidenceLooks({
        ...LATENCY,
        rates: [
          { canary: 0.31, stable: 0.3 },
          { canary: 0.06, stable: 0.05 },
          { canary: 0.022, stable: 0.012 },
          { canary: 0.009, stable: 0.004 },
          { canary: 0.001, stable: 0.001 },
        ],
      }),
    ]),
  /** A plan that wants proof, few requests, and a counter that began anew. */
  evidenceUndecided: () => {
    const few = { canary: 25, stable: 220 };
    const looks = evidenceLooks({
      ...ERRORS,
      requests: few,
      needsBelow: 1.5,
      looks: 24,
      overrides: look =>
        look > 4
          ? {}
          : {
              verdict: 'NoData',
              rule: `${look * 25} of 100 requests for the canary`,
            },
    });
    const latency = evidenceLooks({
      ...LATENCY,
      requests: few,
      needsBelow: 1.5,
      looks: 24,
      overrides: look =>
        look < 24
          ? {}
          : {
              verdict: 'NoData',
              rule: 'a counter began anew within the window, so it is dropped for both versions',
              evidence: undefined,
              canary: undefined,
            },
    });
    return judged(rolloutFixture(), [...looks, ...latency], {
      maxRatio: 1.5,
      evidence: 'nonInferior',
    });
  },
  /** One look, before anything is known. */
  evidenceFirstLook: () =>
    judged(rolloutFixture(), [
      ...evidenceLooks({
        ...ERRORS,
        looks: 1,
        requests: { canary: 60, stable: 500 },
      }),
      ...evidenceLooks({ ...LATENCY, looks: 1 }),
    ]),
};
