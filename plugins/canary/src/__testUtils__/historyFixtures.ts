import {
  Evidence,
  Measurement,
  Preview,
  RolloutEvent,
} from 'backstage-plugin-canary-common';
import { planFixture } from './planFixture';
import { after, rolloutFixture } from './rolloutFixture';

/** One reading of the error rate; `n` counts readings two seconds apart. */
export function measurementFixture(
  n: number,
  overrides: Partial<Measurement> = {},
): Measurement {
  return {
    metric: 'error-rate',
    scope: 'background',
    at: after(330 + n * 2),
    window: { from: after(320 + n * 2), to: after(330 + n * 2) },
    weight: 10,
    canary: 0.4,
    stable: 0.3,
    canarySample: 120,
    stableSample: 1080,
    unit: 'percent',
    verdict: 'Pass',
    rule: 'canary 0.4 % is at most 1 %',
    threshold: { max: 1 },
    query: 'sum(rate(http_requests_total{version="v2"}[10s]))',
    ...overrides,
  };
}

/** What is known of an error rate that may be anything from as good to three times as high. */
export function evidenceFixture(overrides: Partial<Evidence> = {}): Evidence {
  return {
    conclusion: 'noRegressionFound',
    ratio: 1.8,
    lower: 1,
    upper: 3.2,
    pValue: 0.21,
    alpha: 0.025,
    looks: 14,
    requests: { canary: 12_345, stable: 111_105 },
    ...overrides,
  };
}

/** One row of the decision log; `sequence` counts from 1. */
export function eventFixture(
  sequence: number,
  overrides: Partial<RolloutEvent> = {},
): RolloutEvent {
  return {
    rolloutId: rolloutFixture().id,
    sequence,
    at: after(sequence * 2),
    kind: 'Decision',
    actor: 'system',
    message: `Decision number ${sequence}`,
    data: {
      metric: 'error-rate',
      rule: 'max 1 %',
      window: { from: after(0), to: after(10) },
    },
    hash: 'a'.repeat(64),
    ...overrides,
  };
}

/** What starting `shop/checkout:v2` would do. */
export function previewFixture(overrides: Partial<Preview> = {}): Preview {
  const plan = planFixture();
  return {
    cluster: 'sandbox',
    namespace: 'shop',
    workload: { kind: 'Deployment', name: 'checkout' },
    images: {
      stable: { app: 'shop/checkout:v1' },
      canary: { app: 'shop/checkout:v2' },
    },
    containers: [
      {
        name: 'app',
        kind: 'container',
        stable: 'shop/checkout:v1',
        canary: 'shop/checkout:v2',
      },
    ],
    stableReplicas: 4,
    plan,
    steps: [
      {
        index: 0,
        kind: 'setWeight',
        title: 'Send 10 % of traffic',
        weight: 10,
        canaryReplicas: 1,
        estimatedMs: 10_000,
      },
      {
        index: 1,
        kind: 'pause',
        title: 'Wait 5 min',
        weight: 10,
        canaryReplicas: 1,
        estimatedMs: 300_000,
      },
      {
        index: 2,
        kind: 'setWeight',
        title: 'Send 50 % of traffic',
        weight: 50,
        canaryReplicas: 2,
        estimatedMs: 10_000,
      },
      {
        index: 3,
        kind: 'approval',
        title: 'Approval by group:default/sre',
        weight: 50,
        canaryReplicas: 2,
      },
    ],
    estimatedMs: 320_000,
    waitsForPeople: true,
    warnings: ['Work that arrives through queues is not split'],
    detectability: [],
    ...overrides,
  };
}
