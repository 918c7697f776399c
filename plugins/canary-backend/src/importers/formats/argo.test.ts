import { importPlan } from '../importPlan';
import { readBack } from '../testing/readBack';

/** A metric of an AnalysisTemplate, as it is read back. */
function metric(yaml: string) {
  const { yaml: out, notes } = importPlan({
    text: `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: template }
spec:
  metrics:
    - name: m
      ${yaml.trim().replace(/\n/g, '\n      ')}
${
  yaml.includes('provider:')
    ? ''
    : '      provider: { prometheus: { address: "http://p:9090", query: up } }'
}
`,
  });
  const { metrics, canary } = readBack(out);
  return { metric: metrics.m, canary, notes };
}

const notesOf = (notes: readonly { severity: string; path: string }[]) =>
  notes.map(({ severity, path }) => `${severity} ${path}`);

const NEVER = 'canary != canary';

describe('conditions of Argo Rollouts', () => {
  it.each([
    ['successCondition: result[0] >= 0.95', { success: 'canary >= 0.95' }],
    ['failureCondition: result[0] >= 10', { failure: 'canary >= 10' }],
    [
      'successCondition: result >= 0.9\nfailureCondition: result < 0.5',
      { success: 'canary >= 0.9', failure: 'canary < 0.5' },
    ],
    // Stricter than there, where each of these passes by itself.
    ['interval: 1m', { success: NEVER, failure: NEVER }],
    ['successCondition: "true"', { success: NEVER, failure: NEVER }],
    ['successCondition: result.a == "ok"', { success: NEVER, failure: NEVER }],
    ['failureCondition: isNaN(result)', { success: NEVER, failure: NEVER }],
    [
      'successCondition: sum(result) > 1\nfailureCondition: result > 5',
      { success: NEVER, failure: 'canary > 5' },
    ],
    // What is no success fails, where its failure cannot be told.
    [
      'successCondition: result > 1\nfailureCondition: sum(result) > 5',
      { success: 'canary > 1' },
    ],
    [
      'successCondition: result > 1\nfailureCondition: "false"',
      { success: 'canary > 1', failure: NEVER },
    ],
  ])('%s', (yaml, params) => {
    expect(metric(yaml).metric.judge).toEqual({ kind: 'threshold', params });
  });
});

describe('limits of Argo Rollouts', () => {
  it.each([
    ['interval: 1m\ncount: 5\nfailureLimit: 2', { count: 5, failureLimit: 2 }],
    ['interval: 1m\nconsecutiveErrorLimit: 3', { consecutiveErrorLimit: 3 }],
    [
      'interval: 1m\nconsecutiveSuccessLimit: 4\nfailureLimit: -1',
      { consecutiveSuccessLimit: 4, failureLimit: 0 },
    ],
    ['interval: 1m\ninconclusiveLimit: "2"', { inconclusiveLimit: 2 }],
    ['count: 5', { count: 1 }],
    ['interval: 1m\ncount: 0', { failureLimit: 0 }],
    ['interval: 1m\ncount: many', { failureLimit: 0 }],
  ])('%s', (yaml, want) => {
    const found = metric(`${yaml}\nsuccessCondition: result > 1`);
    expect(found.metric).toMatchObject(want);
    if (!('count' in want)) return;
    expect(found.metric.count).toBe(want.count);
  });

  it('tells of a limit that nothing reaches', () => {
    const { notes } = metric('successCondition: result > 1\nfailureLimit: -1');
    expect(notesOf(notes)).toContain('changed spec.metrics[0].failureLimit');
  });
});

describe('a Rollout', () => {
  const rollout = (strategy: string, template = '') => {
    const imported = importPlan({
      text: `${template}
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: { name: r }
spec:
  strategy:
    canary: ${strategy}
`,
    });
    return { ...imported, ...readBack(imported.yaml) };
  };
  const titles = (strategy: string) =>
    rollout(strategy).plans[0].steps.map(({ title }) => title);

  it.each([
    [
      '{ steps: [{ setWeight: 5 }, { pause: { duration: 1h } }, { setWeight: 50 }, { pause: {} }, { setWeight: 100 }] }',
      [
        'Send 5 % to the canary',
        'Pause for 1h',
        'Send 50 % to the canary',
        'Pause until promoted',
      ],
    ],
    [
      '{ steps: [{ setWeight: 100 }, { pause: { duration: 30 } }] }',
      ['Send 99.99 % to the canary', 'Pause for 30s'],
    ],
    ['{ steps: [] }', ['Send 10 % to the canary']],
    ['{}', ['Send 10 % to the canary']],
    [
      '{ steps: [{ setWeight: 20 }, { setWeight: 0 }] }',
      [
        'Send 20 % to the canary',
        'Send 0 % to the canary',
        'Send 10 % to the canary',
      ],
    ],
  ])('%s', (strategy, want) => {
    expect(titles(strategy)).toEqual(want);
  });

  it('never promotes by nothing at all: without a metric it watches the pods', () => {
    const { plans, notes } = rollout('{ steps: [{ setWeight: 5 }] }');
    expect(plans[0].analysis).toMatchObject({ metrics: ['restarts'] });
    expect(notesOf(notes)).toContain('changed metadata.name');
  });

  it('analyses as long as count and interval say, after the delay', () => {
    const { plans } = rollout(
      '{ steps: [{ setWeight: 5 }, { analysis: { templates: [{ templateName: t }] } }] }',
      `apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: t }
spec:
  metrics:
    - name: m
      interval: 2m
      count: 10
      initialDelay: 1m
      successCondition: result > 1
      provider: { prometheus: { address: "http://p:9090", query: 'x{pod=~"{{ pods }}"}' } }
---`,
    );
    const [plan] = plans;
    expect(plan.steps.map(({ title }) => title)).toEqual([
      'Send 5 % to the canary',
      'Pause for 1m',
      'Watch m for 20m',
    ]);
    expect(plan.deadlineMs).toBeGreaterThan(20 * 60_000);
    expect(plan.analysis).toMatchObject({ gateMs: 20 * 60_000 });
  });

  it('ends templates that name each other', () => {
    const template = (name: string, other: string) => `
apiVersion: argoproj.io/v1alpha1
kind: AnalysisTemplate
metadata: { name: ${name} }
spec:
  templates: [{ templateName: ${other} }]
  metrics: [{ name: ${name}, successCondition: result > 1, provider: { prometheus: { query: up } } }]
---`;
    const { plans } = rollout(
      '{ analysis: { templates: [{ templateName: a }] }, steps: [{ setWeight: 5 }] }',
      template('a', 'b') + template('b', 'a'),
    );
    expect(plans[0].analysis).toMatchObject({ metrics: ['a', 'b'], from: 5 });
  });
});
