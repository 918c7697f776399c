import { importPlan } from '../importPlan';
import { readBack } from '../testing/readBack';

function config(canary: object, query: object = {}) {
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
      classifier: { groupWeights: { Errors: 100 } },
    }),
  });
  return { ...imported, ...readBack(imported.yaml) };
}

describe('a canary configuration of Kayenta', () => {
  it('is judged as it was, each metric for itself', () => {
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

  it('says that there are no scores', () => {
    const { notes } = config({});
    expect(notes).toContainEqual({
      path: 'classifier.groupWeights',
      severity: 'lost',
      message: expect.stringContaining('every metric must pass for itself'),
    });
  });
});
