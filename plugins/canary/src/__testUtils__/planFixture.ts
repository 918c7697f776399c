import { MetricDefinition, Plan } from 'backstage-plugin-canary-common';

function metric(
  name: string,
  title: string,
  unit: string,
  max: number,
): MetricDefinition {
  return {
    name,
    title,
    source: 'prometheus',
    query: `sum(rate(${name}{version="{{ version }}"}[{{ window }}]))`,
    unit,
    minimumSample: 20,
    judge: { kind: 'threshold', params: { max } },
    failureLimit: 0,
    inconclusiveLimit: 0,
  };
}

/** A plan with the steps that most plans have. */
export function planFixture(overrides: Partial<Plan> = {}): Plan {
  return {
    name: 'careful',
    title: 'Careful',
    description: 'Waits for a person before half of the users get it.',
    source: 'app-config',
    traffic: {
      router: 'gateway-api',
      params: { route: { name: 'checkout' } },
      drainMs: 3000,
      settleMs: 1000,
      tolerance: 5,
    },
    steps: [
      {
        kind: 'setWeight',
        title: 'Send 10 % of traffic',
        params: { weight: 10 },
      },
      { kind: 'pause', title: 'Wait 5 min', params: { durationMs: 300_000 } },
      {
        kind: 'setWeight',
        title: 'Send 50 % of traffic',
        params: { weight: 50 },
      },
      { kind: 'approval', title: 'Approval by group:default/sre', params: {} },
    ],
    analysis: {
      metrics: ['error-rate', 'latency'],
      intervalMs: 2000,
      windowMs: 10_000,
      from: 10,
      gateMs: 8000,
    },
    metrics: {
      'error-rate': metric('error-rate', 'Error rate', 'percent', 1),
      latency: metric('latency', 'Latency p95', 'ms', 400),
    },
    deadlineMs: 120_000,
    onNoData: { holdMs: 45_000, then: 'rollback' },
    acceptCapacityRisk: false,
    ...overrides,
  };
}
