import { NotAllowedError } from '@backstage/errors';
import {
  CanaryApi,
  Measurement,
  Rollout,
  Verdict,
} from 'backstage-plugin-canary-common';
import {
  eventFixture,
  FakeCanaryApi,
  measurementFixture,
  pausedFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../src/__testUtils__';
import { evidenceScenarios } from './evidenceScenarios';
import { hostilePayloads } from './hostilePayloads';
import { nowScenarios } from './nowScenarios';
import { portalScenarios } from './portalScenarios';
import { rejudgeScenarios } from './rejudgeScenarios';

const hostile = '<img src=x onerror=alert(1)> {{name}} $t(title) ‮evil';
const long = 'registry.internal.example.com/team-with-a-long-name/checkout-';

/** The fixtures' day, moved to now, so that countdowns count. */
function today<T>(value: T): T {
  const shift = Date.now() - Date.parse('2026-11-22T20:05:45.000Z');
  return JSON.parse(
    JSON.stringify(value).replace(/2026-11-22T[\d:.]+Z/g, iso =>
      new Date(Date.parse(iso) + shift).toISOString(),
    ),
  );
}

function measurements(fails: boolean): Measurement[] {
  return Array.from({ length: 40 }, (_, n) => {
    const verdictAt = (): Verdict => {
      if (n > 10 && n < 15) return 'NoData';
      if (n === 20) return 'Error';
      if (n === 24) return 'Inconclusive';
      return fails && n > 34 ? 'Fail' : 'Pass';
    };
    const verdict = verdictAt();
    const seen = verdict !== 'NoData' && verdict !== 'Error';
    const value = 0.4 + Math.sin(n / 3) / 4 + (verdict === 'Fail' ? 1.4 : 0);
    const rule = seen
      ? `${value.toFixed(2)} % is ${value > 1 ? 'more than' : 'at most'} 1 %`
      : '12 of at least 20 requests';
    return [
      measurementFixture(n - 40, {
        verdict,
        rule,
        canary: seen ? value : undefined,
        stable: 0.3 + Math.cos(n / 4) / 10,
      }),
      measurementFixture(n - 40, {
        metric: 'latency',
        unit: 'ms',
        verdict: seen ? 'Pass' : verdict,
        rule: seen ? '212 ms is at most 400 ms' : rule,
        canary: seen ? 212 + Math.sin(n / 2) * 30 : undefined,
        stable: 190 + Math.cos(n / 5) * 20,
        threshold: { max: 400 },
      }),
    ];
  }).flat();
}

function fake(rollouts: Rollout[], fails = false): FakeCanaryApi {
  return new FakeCanaryApi({
    rollouts: today(rollouts),
    measurements: today(measurements(fails)),
    events: today(
      Array.from({ length: 45 }, (_, n) => eventFixture(n + 1)).concat(
        eventFixture(46, {
          kind: 'Command',
          actor: 'user:default/jane.doe',
          message: 'jane.doe promoted: looks good on the dashboards',
        }),
        eventFixture(47, {
          kind: 'ExposureChanged',
          message: 'Weight 10 % to 50 %',
          data: {},
        }),
      ),
    ),
  });
}

const past = [
  succeededFixture({ id: 'past-1' }),
  rolledBackFixture({ id: 'past-2' }),
];

/** Every payload, in every field that a cluster, a provider or a person fills. */
function attacked(): CanaryApi {
  const api = fake([]);
  api.pageSize = hostilePayloads.length;
  const images = Object.fromEntries(hostilePayloads.map(each => [each, each]));
  api.rollouts = hostilePayloads.map((evil, index) =>
    pausedFixture({
      id: evil,
      entityRef: 'component:default/checkout',
      phase: index === 0 ? 'Paused' : 'RolledBack',
      owner: evil,
      system: evil,
      cluster: evil,
      namespace: evil,
      workload: { kind: evil, name: evil },
      images:
        index === 0
          ? { stable: images, canary: images }
          : { stable: { app: evil }, canary: { app: evil } },
      holds: hostilePayloads
        .slice(0, index === 0 ? undefined : 1)
        .map(message => ({
          reason: 'Manual',
          message,
          since: message,
          endsBy: 'person',
        })),
      waitingFor: { reason: evil, message: evil, nextCheckAt: evil },
      warnings: index === 0 ? hostilePayloads : [evil],
      startedBy: evil,
      reason: evil,
      retryOf: evil,
      plan: { ...pausedFixture().plan, title: evil },
      outcome:
        index > 0
          ? { result: 'RolledBack', reason: 'MetricFailed', message: evil }
          : undefined,
      worstMetric: {
        metric: evil,
        scope: evil,
        verdict: 'Fail',
        rule: evil,
        at: evil,
      },
    }),
  );
  api.events = hostilePayloads.map((evil, index) =>
    eventFixture(index + 1, {
      message: evil,
      actor: evil,
      data: { [evil]: evil },
    }),
  );
  api.measurements = today(
    hostilePayloads.map((evil, index) =>
      measurementFixture(index - 150, {
        metric: hostilePayloads[index % 12],
        unit: evil,
        rule: evil,
        message: evil,
        query: evil,
      }),
    ),
  );
  return api;
}

/** Twelve metrics with every verdict, gaps, a band, and numbers of every size. */
function manyMetrics(): CanaryApi {
  const api = fake([rolloutFixture(), ...past]);
  api.pageSize = 500;
  const names = Array.from({ length: 12 }, (_, n) => `metric-${n}`);
  const verdicts: Verdict[] = [
    'Pass',
    'Fail',
    'Inconclusive',
    'NoData',
    'Error',
  ];
  const units = ['percent', 'ms', 'bytes', 'requests/s'];
  api.measurements = today(
    Array.from({ length: 400 }, (_, n) =>
      names.map((metric, m) =>
        measurementFixture(n - 400, {
          metric,
          unit: units[m % units.length],
          verdict: n > 390 ? verdicts[m % verdicts.length] : 'Pass',
          canary: n % 50 < 5 ? NaN : 10 ** (m - 6) * (1.2 + Math.sin(n / 20)),
          stable: 10 ** (m - 6) * (1 + Math.cos(n / 30) / 4),
          threshold: { max: 10 ** (m - 6) * 3 },
          band:
            m === 0
              ? { lower: 10 ** -6 / (1 + n / 400), upper: 3 * 10 ** -6 }
              : undefined,
        }),
      ),
    ).flat(),
  );
  return api;
}

/** A log of hundreds of entries that somebody has changed. */
function brokenLog(): CanaryApi {
  const api = fake([rolledBackFixture()]);
  api.pageSize = 500;
  api.events = today(
    Array.from({ length: 300 }, (_, n) =>
      eventFixture(n + 1, n % 7 === 0 ? { kind: 'Warning' } : {}),
    ),
  );
  api.audit = { valid: false, length: 300, brokenAt: 17 };
  return api;
}

const scenarios: Record<string, () => CanaryApi> = {
  progressing: () => fake([rolloutFixture(), ...past]),
  paused: () => fake([pausedFixture(), ...past]),
  failed: () => fake([rolledBackFixture(), ...past], true),
  succeeded: () => fake([succeededFixture()]),
  card: () => fake([pausedFixture()]),
  bare: () => fake([]),
  empty: () => fake([]),
  hostile: () =>
    fake([
      pausedFixture({
        images: {
          stable: { app: `${long.repeat(3)}v1`, sidecar: 'proxy:1' },
          canary: { app: `${long.repeat(3)}v2`, sidecar: 'proxy:2' },
        },
        reason: hostile,
        warnings: [hostile],
        startedBy: hostile,
        workload: { kind: 'Deployment', name: 'x'.repeat(200) },
        holds: [
          {
            reason: 'Approval',
            message: hostile,
            since: hostile,
            endsBy: 'person',
          },
          {
            reason: 'NoData',
            message: 'No requests',
            since: '2026-11-22T20:05:00.000Z',
            endsBy: 'data',
            until: '2026-11-22T20:06:30.000Z',
          },
        ],
      }),
      ...past,
    ]),
  attacked,
  manyMetrics,
  brokenLog,
  stale: () => {
    const api = fake([rolloutFixture()]);
    const list = api.listRollouts.bind(api);
    let first = true;
    api.listRollouts = async query => {
      if (!first) throw new Error('Failed to fetch');
      first = false;
      return list(query);
    };
    return api;
  },
  error: () => {
    const api = fake([]);
    api.listRollouts = async () => {
      throw new Error('Failed to fetch');
    };
    return api;
  },
  forbidden: () => {
    const api = fake([]);
    api.listRollouts = async () => {
      throw new NotAllowedError('Unauthorized');
    };
    return api;
  },
  loading: () => {
    const api = fake([]);
    api.listRollouts = () => new Promise(() => {});
    return api;
  },
  ...portalScenarios,
  ...nowScenarios,
  ...evidenceScenarios,
  ...rejudgeScenarios,
};

/** What the dev page can show. */
export const scenarioNames = Object.keys(scenarios);

/** Which scenario `?scenario=` names. */
export function scenarioIn(search: string): string {
  const name = new URLSearchParams(search).get('scenario');
  return name && name in scenarios ? name : 'progressing';
}

/** The API of a scenario, as it is at its beginning. */
export function scenarioOf(name: string): CanaryApi {
  return scenarios[name]();
}
