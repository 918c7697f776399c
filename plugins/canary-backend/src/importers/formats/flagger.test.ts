import { importPlan } from '../importPlan';
import { readBack } from '../testing/readBack';

function canary(analysis: string, spec = '') {
  const imported = importPlan({
    text: `apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: podinfo }
spec:
  targetRef: { name: podinfo }
  ${spec}
  analysis: ${analysis}
`,
  });
  return { ...imported, ...readBack(imported.yaml) };
}

const stepsOf = (analysis: string) =>
  canary(analysis).plans[0].steps.map(({ kind, params }) =>
    [kind, ...Object.values(params)].join(' '),
  );

describe('the analysis of Flagger', () => {
  it.each([
    ['{ stepWeight: 20, maxWeight: 50 }', ['setWeight 20', 'setWeight 40']],
    ['{ stepWeight: 80, maxWeight: 50 }', ['setWeight 50']],
    ['{ stepWeight: 50 }', ['setWeight 50', 'setWeight 99.99']],
    [
      '{ stepWeights: [1, 5, 5, 100] }',
      ['setWeight 1', 'setWeight 5', 'setWeight 99.99'],
    ],
    [
      '{ iterations: 3, match: [{ headers: { x-canary: { exact: yes please } } }] }',
      ['headerRoute match-1 x-canary yes please'],
    ],
    ['{ iterations: 3 }', ['setWeight 5']],
    ['{}', ['setWeight 10']],
    [
      '{ stepWeights: [5, 9], webhooks: [{ type: confirm-traffic-increase, url: http://a }] }',
      ['setWeight 5', 'approval', 'setWeight 9'],
    ],
  ])('%s', (analysis, want) => {
    expect(stepsOf(analysis)).toEqual(want);
  });

  it('looks after every weight, and again as often as the threshold says', () => {
    const { plans, metrics } = canary(
      '{ interval: 1m, threshold: 5, stepWeights: [5, 50], metrics: [{ name: request-success-rate, interval: 2m, thresholdRange: { min: 99.5 } }] }',
      'provider: linkerd',
    );
    const [plan] = plans;
    expect(plan.steps.map(({ kind }) => kind)).toEqual([
      'setWeight',
      'analysis',
      'setWeight',
      'analysis',
    ]);
    expect(plan.steps[1].params).toMatchObject({
      intervalMs: 60_000,
      durationMs: 60_000,
      windowMs: 120_000,
    });
    expect(metrics['request-success-rate']).toMatchObject({
      kind: 'ratio',
      events: expect.stringContaining('response_total'),
      judge: { kind: 'threshold', params: { max: 0.5 } },
      failureLimit: 4,
      consecutiveSuccessLimit: 1,
    });
  });

  it('keeps to the steps that a plan may have', () => {
    const { plans } = canary(
      '{ stepWeight: 1, maxWeight: 90, metrics: [{ name: request-duration, thresholdRange: { max: 5 } }], webhooks: [{ url: http://a }] }',
    );
    const weights = plans[0].steps.flatMap(({ params }) => params.weight ?? []);
    expect(plans[0].steps.length).toBeLessThanOrEqual(100);
    expect(weights.at(-1)).toBe(90);
  });

  it.each([
    ['{{ target }}-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)', '{{ pods }}'],
    ['{{ target }}.{{ namespace }}', '{{ workload }}.{{ namespace }}'],
    ['{{service}}-canary', '{{ service }}'],
    ['{{ name }}', '{{ workload }}'],
    ['{{ variables.zone }}', 'eu'],
    ['{{ nothing }}', 'REPLACE_ME_nothing'],
  ])('asks for %s by %s', (theirs, ours) => {
    const { yaml } = importPlan({
      text: `apiVersion: flagger.app/v1beta1
kind: MetricTemplate
metadata: { name: t }
spec: { provider: { type: prometheus, address: "http://p:9090" }, query: 'x{a="${theirs}"}[{{ interval }}]' }
---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: { name: podinfo }
spec: { targetRef: { name: podinfo }, analysis: { stepWeights: [5], metrics: [{ name: m, templateRef: { name: t }, templateVariables: { zone: eu }, thresholdRange: { max: 1 } }] } }
`,
    });
    expect(readBack(yaml).metrics.m).toMatchObject({
      query: `x{a="${ours}"}[{{ window }}]`,
    });
  });
});
