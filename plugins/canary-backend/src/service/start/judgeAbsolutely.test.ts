import { MetricDefinition, Plan } from 'backstage-plugin-canary-common';
import { defineStep } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { builtInSteps, MachineContext } from '../../state-machine';
import { plan as careful } from '../testing/openPortal';
import { judgeAbsolutely } from './judgeAbsolutely';

const steps = builtInSteps();

/** A step of somebody's module, which always measures the same. */
const stubborn = defineStep<object>({
  kind: 'stubborn',
  params: z.object({}),
  describe: () => 'Measure what I always do',
  analysis: () => ({
    metrics: ['latency'],
    intervalMs: 1,
    windowMs: 1,
    durationMs: 1,
  }),
  estimateMs: () => 1,
  evaluate: () => ({ status: 'done' }),
});

const context = {
  step: kind => (kind === 'stubborn' ? stubborn : steps.get(kind)),
  comparesWithStable: ({ name }) => name === 'latency' || name === 'score',
} as MachineContext;

const metric = (name: string) => ({ name } as MetricDefinition);

const watching = (...metrics: string[]) => ({
  kind: 'analysis',
  title: `Watch ${metrics.join(', ')} for 3s`,
  params: { metrics, intervalMs: 1_000, windowMs: 5_000, durationMs: 3_000 },
});

function judged(metrics: string[], ...planSteps: Plan['steps']) {
  return judgeAbsolutely(
    {
      ...careful,
      steps: planSteps,
      metrics: Object.fromEntries(
        ['errors', 'latency', 'score'].map(name => [name, metric(name)]),
      ),
      analysis: {
        ...(careful.analysis as Exclude<Plan['analysis'], 'none'>),
        metrics,
        score: { pass: 90, marginal: 50, groupWeights: {} },
      },
    },
    context,
  );
}

describe('judgeAbsolutely', () => {
  it('leaves no metric that compares anywhere, and says which are left', () => {
    const { plan, refusals, warnings } = judged(
      ['errors', 'latency', 'score'],
      watching('errors', 'latency'),
      watching('errors'),
      watching('score', 'latency'),
    );
    expect(refusals).toEqual([]);
    expect(plan.metrics).toEqual({ errors: metric('errors') });
    expect(plan.analysis).toMatchObject({
      metrics: ['errors'],
      score: undefined,
    });
    expect(plan.steps).toEqual(Array(3).fill(watching('errors')));
    expect(warnings).toEqual([
      'Only absolute limits judge: errors. Not asked, because they compare with the stable: latency, score.',
    ]);
  });

  it.each<[string, string[], Plan['steps'][number], RegExp]>([
    [
      'a gate that nothing would open',
      ['latency'],
      watching('errors'),
      /^every metric of the analysis of plan careful .* \(latency\); use a plan with absolute thresholds$/,
    ],
    [
      'a step that cannot do without',
      ['errors'],
      { kind: 'stubborn', title: 'Measure', params: {} },
      /^step 1 of plan careful \(Measure\) has no metric but those/,
    ],
  ])('refuses %s', (_, metrics, step, want) => {
    expect(judged(metrics, step).refusals).toEqual([
      expect.stringMatching(want),
    ]);
  });
});
