import { importPlan } from '../importPlan';
import { readBack } from '../testing/readBack';

function config(
  canary: object,
  query: object = {},
  classifier: object = { groupWeights: { Errors: 100 } },
) {
  const imported = importPlan({
    text: JSON.stringify({
      name: 'signals',
      judge: { name: 'NetflixACAJudge-v1.0' },
      templates: { pods: 'pod=~"${scope}-.*"' },
      metrics: [
        {
          name: 'errors',
          query: { type: 'prometheus', metricName: 'errors', ...query },
          groups: ['Errors'],
          analysisConfigurations: { canary },
        },
      ],
      classifier,
    }),
  });
  return { ...imported, ...readBack(imported.yaml) };
}

describe('a canary configuration of Kayenta', () => {
  it('is judged as it was', () => {
    const { metrics, plans } = config({
      direction: 'increase',
      nanStrategy: 'replace',
      critical: true,
      mustHaveData: true,
      outliers: { strategy: 'remove', outlierFactor: 2 },
      effectSize: { measure: 'cles', allowedIncrease: 0.6 },
    });
    expect(metrics.errors.judge).toEqual({
      kind: 'kayenta',
      params: {
        direction: 'increase',
        nanStrategy: 'replace',
        critical: true,
        mustHaveData: true,
        muted: false,
        groups: ['Errors'],
        outliers: { strategy: 'remove', factor: 2 },
        effectSize: { measure: 'cles', allowedIncrease: 0.6 },
        minimumPoints: 10,
      },
    });
    expect(plans[0].analysis).toMatchObject({
      metrics: ['errors'],
      intervalMs: 60_000,
      gateMs: 50 * 60_000,
    });
  });

  it.each([
    [{}, 'avg(errors{pod=~"{{ pods }}"})'],
    [
      { labelBindings: ['code="500"'] },
      'avg(errors{code="500", pod=~"{{ pods }}"})',
    ],
    [{ customFilterTemplate: 'pods' }, 'avg(errors{pod=~"{{ workload }}-.*"})'],
    [
      { customInlineTemplate: 'PromQL:rate(x{a="${location}"}[1m])' },
      'rate(x{a="{{ cluster }}"}[{{ window }}])',
    ],
    [
      { customInlineTemplate: 'PromQL:x{a="${zone}"}' },
      'x{a="REPLACE_ME__zone"}',
    ],
  ])('asks %j as %s', (query, want) => {
    expect(config({}, query).metrics.errors).toMatchObject({ query: want });
  });

  it('is judged by its score', () => {
    const { plans, notes } = config({});
    expect(plans[0].analysis).toMatchObject({
      score: { pass: 95, marginal: 75, groupWeights: { Errors: 100 } },
    });
    expect(notes.filter(({ path }) => path.startsWith('classifier'))).toEqual(
      [],
    );
  });

  it.each([
    [
      { groupWeights: { Errors: 80, Latency: 40 } },
      'classifier.groupWeights',
      'The weights add up to 120',
      { pass: 95, marginal: 75, groupWeights: {} },
    ],
    [
      { scoreThresholds: { pass: 50, marginal: 75 } },
      'classifier.scoreThresholds',
      'marginal is not above pass',
      { pass: 95, marginal: 75, groupWeights: {} },
    ],
  ])(
    'takes the defaults for %j, and says so',
    (classifier, path, message, score) => {
      const { plans, notes } = config({}, {}, classifier);
      expect(plans[0].analysis).toMatchObject({ score });
      expect(notes).toContainEqual({
        path,
        severity: 'changed',
        message: expect.stringContaining(message),
      });
    },
  );

  it('has no score of muted metrics alone', () => {
    const { plans } = config({ muted: true });
    expect(plans[0].analysis).not.toHaveProperty('score', expect.anything());
  });
});
