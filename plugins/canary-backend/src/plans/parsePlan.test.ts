import { defineJudge } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Registry } from '../registry';
import { parsePlan } from './parsePlan';
import { testRegistries } from './testRegistries';

const traffic = { router: 'gateway-api', route: { name: 'checkout' } };
const analysis = { metrics: ['error-rate'], interval: '30s' };
const small = { traffic, steps: [{ setWeight: 5 }], analysis: 'none' };

function parse(raw: unknown) {
  return parsePlan('careful', 'app-config', raw, testRegistries);
}

function scored(score: object, metrics = ['ranked']) {
  return {
    analysis: {
      metrics,
      interval: '1s',
      score: { pass: 95, marginal: 75, ...score },
    },
  };
}

/** The problems of a plan, a line each. */
function problemsOf(raw: unknown, name = 'careful'): string[] {
  try {
    parsePlan(name, 'app-config', raw, testRegistries);
  } catch (error) {
    const { name: kind, message } = error as Error;
    expect(kind).toBe('InputError');
    return message.split('\n- ').slice(1);
  }
  return [];
}

describe('parsePlan', () => {
  it.each([
    [{ ...small, analysis, observeOnly: true }, { observeOnly: true }],
    [{ ...small, analysis, observeOnly: false }, {}],
    [{ ...small, analysis }, {}],
  ])('says of a plan whether it only observes', (raw, want) => {
    const { observeOnly } = parse(raw);
    expect({ observeOnly }).toEqual(want);
  });

  it.each([
    [
      { ...small, observeOnly: true },
      'observeOnly: there is nothing to observe with "analysis: none"; name the metrics to observe in analysis',
    ],
    [{ ...small, analysis, observeOnly: 'yes' }, /^observeOnly: .*boolean/],
  ])('refuses to observe nothing, and half an answer', (raw, want) => {
    expect(problemsOf(raw)).toEqual([expect.stringMatching(want)]);
  });

  it('reads a whole plan', () => {
    const plan = parse({
      title: 'Careful web service',
      description: 'Slowly',
      traffic: { ...traffic, drain: '3s', settle: '1s', tolerance: 2 },
      steps: [
        { setWeight: 5 },
        { analysis: { metrics: ['latency'], interval: '30s' } },
        { pause: { duration: '10m' } },
        { pause: {} },
      ],
      analysis: {
        metrics: ['error-rate'],
        interval: '30s',
        window: '2m',
        from: 5,
        gate: { duration: '5m' },
      },
      deadline: '1h30m',
      onNoData: { hold: '2m', then: 'pause' },
      acceptCapacityRisk: true,
    });
    expect(plan).toEqual({
      name: 'careful',
      title: 'Careful web service',
      description: 'Slowly',
      source: 'app-config',
      traffic: {
        router: 'gateway-api',
        params: { route: { name: 'checkout' } },
        drainMs: 3_000,
        settleMs: 1_000,
        tolerance: 2,
      },
      steps: [
        { kind: 'setWeight', title: 'Send 5 %', params: { weight: 5 } },
        {
          kind: 'analysis',
          title: 'Watch latency',
          params: {
            metrics: ['latency'],
            intervalMs: 30_000,
            windowMs: 30_000,
            durationMs: 30_000,
          },
        },
        { kind: 'pause', title: 'Wait', params: { durationMs: 600_000 } },
        { kind: 'pause', title: 'Wait', params: {} },
      ],
      analysis: {
        metrics: ['error-rate'],
        intervalMs: 30_000,
        windowMs: 120_000,
        from: 5,
        gateMs: 300_000,
      },
      metrics: {
        'error-rate': testRegistries.metricDefinitions['error-rate'],
        latency: testRegistries.metricDefinitions.latency,
      },
      deadlineMs: 5_400_000,
      onNoData: { holdMs: 120_000, then: 'pause' },
      acceptCapacityRisk: true,
    });
  });

  it('takes a canary of at least so many pods', () => {
    const canaryOf = (canary: unknown) => parse({ ...small, canary }).canary;
    expect(canaryOf({ minReplicas: 2, spread: true })).toEqual({
      minReplicas: 2,
      spread: true,
    });
    expect(canaryOf({ spread: true })).toEqual({
      minReplicas: 1,
      spread: true,
    });
    expect(canaryOf(undefined)).toBeUndefined();
    expect(() => canaryOf({ minReplicas: 0 })).toThrow('canary.minReplicas');
    expect(() => canaryOf({ minReplicas: 1.5 })).toThrow('whole number');
    expect(() => canaryOf({ replicas: 2 })).toThrow('canary');
  });

  it('fills in what a short plan leaves out', () => {
    const policy = { metrics: ['latency'], interval: '10s' };
    const plan = parse({ ...small, analysis: policy, onNoData: {} });
    expect(plan).toMatchObject({
      title: 'careful',
      traffic: { drainMs: 30_000, settleMs: 5_000, tolerance: 5 },
      analysis: { intervalMs: 10_000, windowMs: 50_000, gateMs: 50_000 },
      deadlineMs: 600_000,
      onNoData: { holdMs: 300_000, then: 'rollback' },
      acceptCapacityRisk: false,
    });
    expect(parse(small).onNoData).toEqual({
      holdMs: 300_000,
      then: 'rollback',
    });
  });

  describe('with a metric that every analysis has', () => {
    const registries = { ...testRegistries, defaultMetrics: ['unused'] };
    const metricsOf = (policy: object) => {
      const raw = {
        ...small,
        analysis: { metrics: ['latency'], interval: '10s', ...policy },
      };
      const plan = parsePlan('p', 'here', raw, registries);
      return plan.analysis === 'none' ? undefined : plan.analysis.metrics;
    };

    it.each([
      ['adds it', {}, ['latency', 'unused']],
      ['adds it once', { metrics: ['unused'] }, ['unused']],
      ['leaves it out on request', { podHealth: false }, ['latency']],
    ])('%s', (_, policy, expected) => {
      expect(metricsOf(policy)).toEqual(expected);
    });

    it('snapshots its definition into the plan', () => {
      const raw = { ...small, analysis: { ...analysis, metrics: ['latency'] } };
      const plan = parsePlan('p', 'here', raw, registries);
      expect(Object.keys(plan.metrics)).toEqual(['latency', 'unused']);
    });

    it('promotes without any evidence where the plan says so', () => {
      expect(parsePlan('p', 'here', small, registries).analysis).toBe('none');
    });
  });

  it('reads a score, whose groups need no weights', () => {
    expect(parse({ ...small, ...scored({}) })).toMatchObject({
      analysis: { score: { pass: 95, marginal: 75, groupWeights: {} } },
    });
  });

  describe('compared with an earlier window', () => {
    const { metricDefinitions } = testRegistries;
    const judge = (kind: string, needsStable: boolean) =>
      defineJudge({
        kind,
        params: z.any(),
        needsStable: () => needsStable,
        judge: () => ({ verdict: 'Pass', rule: '' }),
      });
    const comparing = { kind: 'comparing', params: {} };
    const registries = {
      ...testRegistries,
      judges: new Registry('judge', [
        judge('threshold', false),
        judge('comparing', true),
      ]),
      canLookBack: (source: string) => source === 'main',
      metricDefinitions: {
        limited: metricDefinitions.latency,
        compared: { ...metricDefinitions.latency, judge: comparing },
        own: {
          ...metricDefinitions.latency,
          judge: comparing,
          baseline: 'stable' as const,
        },
        live: {
          ...metricDefinitions.latency,
          name: 'live',
          source: 'pods',
          judge: comparing,
        },
      },
    };
    const planOf = (metrics: readonly string[], step = 'compared') =>
      parsePlan(
        'p',
        'here',
        {
          ...small,
          steps: [
            { setWeight: 5 },
            { analysis: { metrics: [step], interval: '10s' } },
          ],
          analysis: { metrics, interval: '10s', baseline: { offset: '7d' } },
        },
        registries,
      );

    it('gives the offset to every metric that compares and has no baseline of its own', () => {
      const { metrics, analysis: policy } = planOf(['limited', 'own']);
      const week = { offsetMs: 604_800_000 };
      expect(policy).toMatchObject({ baseline: week });
      expect(metrics.compared.baseline).toEqual(week);
      expect(metrics.own.baseline).toBe('stable');
      expect(metrics.limited).not.toHaveProperty('baseline');
    });

    it('takes a fresh baseline, but not where pods are the traffic', () => {
      const fresh = {
        ...registries,
        argumentsOf: () => ['pods'],
      };
      const raw = {
        ...small,
        analysis: { metrics: ['compared'], interval: '10s', baseline: 'fresh' },
      };
      const plan = parsePlan('p', 'here', raw, fresh);
      expect(plan.metrics.compared.baseline).toBe('fresh');
      const [router] = testRegistries.routers.list();
      const scaling = { replicas: () => 1, reachableWeight: () => 5 };
      const routers = new Registry('traffic router', [{ ...router, scaling }]);
      expect(() => parsePlan('p', 'here', raw, { ...fresh, routers })).toThrow(
        'traffic.router: gateway-api shares traffic by the number of pods',
      );
    });

    it('refuses it for a metric that it does not fit', () => {
      expect(() => planOf(['live'])).toThrow(
        'analysis.baseline: does not fit the metric live: source: "pods" tells only of now',
      );
    });
  });

  it('takes an analysis that leaves its step a moment to begin', () => {
    const policy = { metrics: ['latency'], interval: '10s' };
    const steps = [{ setWeight: 5 }, { analysis: policy }];
    const plan = parse({ traffic, steps, analysis: policy, deadline: '56s' });
    expect(plan.deadlineMs).toBe(56_000);
  });

  it('is a value of JSON', () => {
    const plan = parse(small);
    expect(JSON.parse(JSON.stringify(plan))).toEqual(plan);
  });

  it('promotes without evidence only when that is written down', () => {
    expect(parse(small).analysis).toBe('none');
    expect(problemsOf({ traffic, steps: small.steps })).toEqual([
      expect.stringContaining('write "analysis: none"'),
    ]);
  });

  it.each<[string, object, string]>([
    ['no traffic', { traffic: undefined }, 'traffic: must name a router'],
    [
      'an unknown router',
      { traffic: { router: 'istio' } },
      'traffic.router: there is no traffic router "istio"; use one of gateway-api, or install the module that brings it',
    ],
    [
      "a mistake in the router's own keys",
      { traffic: { router: 'gateway-api', route: {} } },
      'traffic.route.name: is missing',
    ],
    [
      'a drain without a unit',
      { traffic: { ...traffic, drain: 30 } },
      'traffic.drain: ',
    ],
    [
      'a tolerance below zero',
      { traffic: { ...traffic, tolerance: -1 } },
      'traffic.tolerance: ',
    ],
    ['no steps', { steps: [] }, 'steps: must be a list of at least one step'],
    ['steps as a map', { steps: { setWeight: 5 } }, 'steps: must be a list'],
    [
      'too many steps',
      { steps: Array(101).fill({ setWeight: 5 }) },
      'steps: has 101 steps; 100 is the most',
    ],
    [
      'an unknown step',
      { steps: [{ setWeight: 5 }, { setWieght: 10 }] },
      'steps[1]: there is no step "setWieght"; use one of setWeight, headerRoute, pause, analysis',
    ],
    [
      'a step of two kinds',
      { steps: [{ setWeight: 5, pause: {} }] },
      'steps[0]: must have exactly one key',
    ],
    ['a step as text', { steps: ['pause'] }, 'steps[0]: must have exactly one'],
    [
      'a wrong value of a step',
      { steps: [{ setWeight: '5' }] },
      'steps[0].setWeight: Invalid input: expected number',
    ],
    [
      'a wrong duration in a step',
      { steps: [{ setWeight: 5 }, { pause: { duration: '10 m' } }] },
      'steps[1].pause.duration: "10 m" is not a duration',
    ],
    [
      'a weight of 100',
      { steps: [{ setWeight: 100 }] },
      'steps[0].setWeight: asks for weight 100; use 0 to 99.99',
    ],
    [
      'a weight of three decimals',
      { steps: [{ setWeight: 0.125 }] },
      'steps[0].setWeight: asks for weight 0.125',
    ],
    [
      'an unknown metric in a step',
      {
        steps: [
          { setWeight: 5 },
          { analysis: { metrics: ['errors'], interval: '1s' } },
        ],
      },
      'steps[1].analysis.metrics[0]: there is no metric "errors"; canary.metrics has error-rate, latency, unused, ranked, ungrouped',
    ],
    [
      'an unknown webhook',
      { steps: [{ setWeight: 5 }, { call: { name: 'load-tset' } }] },
      'steps[1].call: there is no webhook "load-tset"; canary.webhooks has load-test, chat',
    ],
    [
      'an unknown metric in the background',
      { analysis: { metrics: ['latency', 'toString'], interval: '1s' } },
      'analysis.metrics[1]: there is no metric "toString"',
    ],
    [
      'a metric named twice',
      { analysis: { metrics: ['latency', 'latency'], interval: '1s' } },
      'analysis.metrics: names a metric twice',
    ],
    [
      'an analysis of nothing',
      { analysis: { metrics: [], interval: '1s' } },
      'analysis.metrics: must name at least one metric',
    ],
    [
      'an analysis without an interval',
      { analysis: { metrics: ['latency'] } },
      'analysis.interval: is missing',
    ],
    [
      'a gate shorter than its interval',
      {
        analysis: {
          metrics: ['latency'],
          interval: '1m',
          gate: { duration: '30s' },
        },
      },
      'analysis.gate.duration: is shorter than the interval',
    ],
    ['analysis as a text', { analysis: 'nothing' }, 'analysis: '],
    [
      'a score that nothing falls between',
      scored({ pass: 50, marginal: 75 }),
      'analysis.score.marginal: is above pass',
    ],
    [
      'weights of more than everything',
      scored({ groupWeights: { latency: 60, errors: 50 } }),
      'analysis.score.groupWeights: add up to more than 100',
    ],
    [
      'a score of nothing',
      scored({}, ['latency']),
      'analysis.score: has no metric of the judge kayenta',
    ],
    [
      'a scored metric that no group counts',
      scored({}, ['ranked', 'ungrouped']),
      'analysis.score: does not count metric ungrouped',
    ],
    [
      'a background that never begins',
      { analysis: { metrics: ['latency'], interval: '1s', from: 60 } },
      'analysis.from: no step reaches weight 60',
    ],
    [
      'a gate without traffic',
      {
        steps: [{ setWeight: 5 }, { setWeight: 0 }],
        analysis: { metrics: ['latency'], interval: '1s' },
      },
      'steps: nobody reaches the canary after the last step',
    ],
    [
      'what its router cannot do',
      { steps: [{ setWeight: 5 }, { headerRoute: { header: 'x-qa' } }] },
      'steps[1].headerRoute: the router gateway-api cannot route by header',
    ],
    [
      'a deadline of nothing',
      { deadline: '0s' },
      'deadline: must be at least 1s',
    ],
    [
      'an analysis that its deadline would cut off',
      {
        deadline: '2m',
        steps: [
          { setWeight: 5 },
          { analysis: { metrics: ['latency'], interval: '2m' } },
        ],
      },
      'steps[1].analysis.duration: lasts 2m after traffic.settle of 5s, and deadline gives a step 2m, so that it could never end in time; shorten it or lengthen deadline',
    ],
    [
      'a metric that asks for more measurements than fit',
      {
        deadline: '2m',
        steps: [
          { setWeight: 5 },
          { analysis: { metrics: ['patient'], interval: '10s' } },
        ],
      },
      'steps[1].analysis.duration: lasts 3m for the 18 measurements of a metric after traffic.settle of 5s',
    ],
    [
      'an analysis that ends with its deadline once traffic has settled',
      {
        deadline: '35s',
        steps: [
          { setWeight: 5 },
          { analysis: { metrics: ['latency'], interval: '30s' } },
        ],
      },
      'steps[1].analysis.duration: lasts 30s after traffic.settle of 5s, and deadline gives a step 35s',
    ],
    [
      'a gate longer than the deadline that nobody wrote',
      {
        analysis: {
          metrics: ['latency'],
          interval: '1m',
          gate: { duration: '15m' },
        },
      },
      'analysis.gate.duration: lasts 15m after traffic.settle of 5s, and deadline gives a step 10m',
    ],
    [
      'a gate that nobody wrote longer than the deadline',
      { analysis: { metrics: ['latency'], interval: '3m' } },
      'analysis.gate.duration: lasts 15m',
    ],
    [
      'another end of missing data',
      { onNoData: { then: 'promote' } },
      'onNoData.then: must be rollback or pause',
    ],
    [
      'a misspelled key',
      { dedline: '5m' },
      'does not know "dedline"; remove it or correct its spelling',
    ],
  ])('refuses %s', (_, change, want) => {
    const problems = problemsOf({ ...small, ...change });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(want);
  });

  it.each([undefined, null, 5, 'text', []])('refuses %j as a plan', raw => {
    expect(problemsOf(raw)[0]).toContain('must be an object');
  });

  it('refuses a name that cannot stand in a URL', () => {
    expect(problemsOf(small, '../careful')).toEqual([
      expect.stringContaining('name: must be 1 to 63 letters'),
    ]);
  });

  it('tells every problem at once', () => {
    const problems = problemsOf({
      traffic: { router: 'istio' },
      steps: [{ setWeight: 'x' }, { nap: {} }],
      deadline: 5,
      colour: 'red',
    });
    expect(problems.map(one => one.split(':')[0]).sort()).toEqual([
      '',
      'analysis',
      'deadline',
      'steps[0].setWeight',
      'steps[1]',
      'traffic.router',
    ]);
  });
});
