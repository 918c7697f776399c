import { Plan } from 'backstage-plugin-canary-common';
import { durationMs } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { baselineSchema } from './baselineSchema';
import { checkMetrics } from './checkMetrics';
import { checkScore } from './checkScore';
import { Problems } from './Problems';
import { PlanRegistries } from './registries';

/** Length of the gate and of a window, in intervals, where the plan names none. */
const DEFAULT_INTERVALS = 5;

const work = durationMs.refine(ms => ms >= 1_000, 'must be at least 1s');

export const MOST_METRICS = 50;

const percent = z
  .number()
  .min(0, 'must be a score from 0 to 100')
  .max(100, 'must be a score from 0 to 100');

const score = z
  .strictObject({
    pass: percent,
    marginal: percent,
    groupWeights: z.record(z.string(), percent).default({}),
  })
  .refine(({ pass, marginal }) => marginal <= pass, {
    path: ['marginal'],
    message: 'is above pass, so that no score would be undecided; lower it',
  })
  .refine(
    ({ groupWeights }) =>
      Object.values(groupWeights).reduce((sum, one) => sum + one, 0) <= 100,
    { path: ['groupWeights'], message: 'add up to more than 100; lower them' },
  );

const schema = z
  .strictObject({
    metrics: z
      .array(z.string())
      .min(1, 'must name at least one metric')
      .max(MOST_METRICS, `names more than ${MOST_METRICS} metrics`)
      .refine(
        names => new Set(names).size === names.length,
        'names a metric twice',
      ),
    interval: work,
    window: work.optional(),
    from: z
      .number()
      .min(0, 'must be a weight from 0 to 99.99')
      .max(99.99, 'must be a weight from 0 to 99.99')
      .optional(),
    gate: z.strictObject({ duration: work }).optional(),
    score: score.optional(),
    podHealth: z.boolean().default(true),
    baseline: baselineSchema.optional(),
  })
  .refine(({ interval, gate }) => !gate || gate.duration >= interval, {
    path: ['gate', 'duration'],
    message:
      'is shorter than the interval, so that nothing would be measured; lengthen it',
  })
  .transform(({ interval, window, gate, score: policy, ...rest }) => ({
    ...rest,
    intervalMs: interval,
    windowMs: window ?? interval * DEFAULT_INTERVALS,
    gateMs: gate?.duration ?? interval * DEFAULT_INTERVALS,
    score: policy,
  }));

/**
 * `analysis: none`, or the policy of the background analysis and the gate. To
 * leave it out is no way of saying "none": promotion without any evidence has
 * to be written down.
 */
export function parseAnalysis(
  raw: unknown,
  registries: Pick<PlanRegistries, 'metricDefinitions' | 'defaultMetrics'>,
  problems: Problems,
): Plan['analysis'] | undefined {
  if (raw === 'none') return 'none';
  if (raw === undefined || raw === null) {
    problems.add(
      ['analysis'],
      'is missing; name metrics and an interval, or write "analysis: none" to promote without any evidence',
    );
    return undefined;
  }
  const parsed = problems.parse(schema, raw, ['analysis']);
  if (!parsed) return undefined;
  checkMetrics(parsed.metrics, ['analysis', 'metrics'], registries, problems);
  if (parsed.score) checkScore(parsed.metrics, registries, problems);
  const { podHealth, metrics, ...policy } = parsed;
  const added = podHealth ? registries.defaultMetrics ?? [] : [];
  return { ...policy, metrics: [...new Set([...metrics, ...added])] };
}
