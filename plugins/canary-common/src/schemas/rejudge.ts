import { z } from 'zod';
import { JsonObject } from '../json';
import { instant } from './instant';
import { judge } from './judge';
import { listOf } from './listOf';
import { mapOf } from './mapOf';
import { objectOf } from './objectOf';
import { result } from './outcome';
import { Schema } from './Schema';
import { verdict } from './verdict';

const metricOverride = objectOf({
  judge: (
    z.looseObject({ kind: z.string() }) as unknown as Schema<
      { readonly kind: string } & JsonObject
    >
  )
    .optional()
    .describe('As in `canary.metrics`: `{ kind: threshold, max: 1 }`'),
  minimumSample: z.number().optional(),
  failureLimit: z.int().optional(),
  inconclusiveLimit: z.int().optional(),
});

/** Other rules for one metric; what is absent stays as the rollout had it. @public */
export interface MetricOverride extends z.infer<typeof metricOverride> {}
/** @public */
export const metricOverrideSchema: Schema<MetricOverride> = metricOverride;

const rejudgeRequest = objectOf({
  plan: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      'Name of a plan of today, whose metrics are matched by name: one of `canary.plans`, or the own plan of the rollout if that lies beside its entity, which is read anew',
    ),
  metrics: mapOf(metricOverrideSchema, { max: 100 })
    .optional()
    .describe(
      'By the name of a metric of the rollout; the others keep their rules',
    ),
}).describe('By which rules to judge again: either `plan` or `metrics`');

/**
 * By which rules to judge a finished rollout again; exactly one of the two.
 *
 * @public
 */
export interface RejudgeRequest extends z.infer<typeof rejudgeRequest> {}
/** @public */
export const rejudgeRequestSchema: Schema<RejudgeRequest> = rejudgeRequest;

const metricRules = objectOf({
  judge,
  minimumSample: z.number(),
  failureLimit: z.int(),
  inconclusiveLimit: z.int(),
});

/** What a metric is judged by. @public */
export interface MetricRules extends z.infer<typeof metricRules> {}
/** @public */
export const metricRulesSchema: Schema<MetricRules> = metricRules;

const rejudgedFail = objectOf({
  metric: z.string(),
  scope: z.string(),
  at: instant,
  weight: z.number().describe('Percent of the traffic that the canary had'),
  rule: z.string(),
}).describe('The measurement at which a metric failed for good');

/** The measurement at which a metric failed for good. @public */
export interface RejudgedFail extends z.infer<typeof rejudgedFail> {}
/** @public */
export const rejudgedFailSchema: Schema<RejudgedFail> = rejudgedFail;

const ruledVerdict = objectOf({ verdict, rule: z.string() });

/** A verdict and the rule behind it. @public */
export interface RuledVerdict extends z.infer<typeof ruledVerdict> {}
/** @public */
export const ruledVerdictSchema: Schema<RuledVerdict> = ruledVerdict;

const rejudgedLook = objectOf({
  scope: z.string(),
  at: instant.describe('ISO 8601 instant at which it was taken'),
  weight: z.number(),
  before: ruledVerdictSchema,
  after: ruledVerdictSchema,
});

/** One measurement, as it was judged and as it is judged now. @public */
export interface RejudgedLook extends z.infer<typeof rejudgedLook> {}
/** @public */
export const rejudgedLookSchema: Schema<RejudgedLook> = rejudgedLook;

const rulesAnswer = objectOf({
  rules: metricRulesSchema
    .optional()
    .describe(
      'Absent of a metric that the rollout, or the plan, does not have',
    ),
  fail: rejudgedFailSchema.optional(),
  standing: ruledVerdictSchema
    .optional()
    .describe(
      'Where the metric stood at its last measurement, the gravest of its runs',
    ),
});

const rejudgedMetric = objectOf({
  metric: z.string(),
  title: z.string(),
  unit: z.string(),
  before: rulesAnswer,
  after: rulesAnswer,
  notJudged: z
    .string()
    .optional()
    .describe(
      'Why it cannot be judged again, as a sentence; it has no looks then',
    ),
  notes: listOf(z.string()).describe(
    'What to know when reading the answer, a sentence each',
  ),
  looks: listOf(rejudgedLookSchema).describe(
    'In the order in which they were taken',
  ),
});

/** One metric under the other rules. @public */
export interface RejudgedMetric extends z.infer<typeof rejudgedMetric> {}
/** @public */
export const rejudgedMetricSchema: Schema<RejudgedMetric> = rejudgedMetric;

const rejudgement = objectOf({
  rolloutId: z.string(),
  result: z
    .enum(['failed', 'passed', 'undecided', 'notJudged'])
    .describe(
      '`failed`: a metric would have failed. `passed`: every metric passes all that was measured. `undecided`: nothing fails, and some metric does not pass or could not be judged. `notJudged`: no metric could be judged again',
    ),
  message: z.string().describe('The whole answer as a sentence, in English'),
  fail: rejudgedFailSchema
    .optional()
    .describe('The first failure under the other rules'),
  really: objectOf({
    result,
    endedAt: instant,
    fail: rejudgedFailSchema
      .optional()
      .describe("The first failure under the rollout's own rules"),
  }).describe('What really happened'),
  laterMs: z
    .number()
    .optional()
    .describe(
      'How much later (earlier where negative) than the real failure, else than the real end',
    ),
  measurements: z.int().describe('How many measurements were judged again'),
  metrics: listOf(rejudgedMetricSchema),
});

/** Whether other rules would have caught it. @public */
export interface Rejudgement extends z.infer<typeof rejudgement> {}
/** @public */
export const rejudgementSchema: Schema<Rejudgement> = rejudgement;
