import { z } from 'zod';
import { baselineSchema } from './baseline';
import { jsonObjectSchema } from './json';
import { listOf } from './listOf';
import { mapOf } from './mapOf';
import { metricDefinitionSchema } from './metric';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const planStep = objectOf({
  kind: z.string().describe('Names its step definition'),
  title: z.string().describe('Its sentence for people'),
  params: jsonObjectSchema.describe('What the step definition parsed'),
});

/**
 * One item of a plan. `kind` names its step definition, `params` is what that
 * definition parsed, `title` is its sentence for people.
 *
 * @public
 */
export interface PlanStep extends z.infer<typeof planStep> {}
/** @public */
export const planStepSchema: Schema<PlanStep> = planStep;

const policyFields = {
  metrics: listOf(z.string()),
  intervalMs: z.int(),
  windowMs: z
    .int()
    .describe(
      'Longest window of one measurement; a window grows up to it. Default five intervals',
    ),
};
const analysisPolicy = objectOf(policyFields);

/** How measurements of an `analysis` are taken. @public */
export interface AnalysisPolicy extends z.infer<typeof analysisPolicy> {}

const scorePolicy = objectOf({
  pass: z.number().describe('From this score on the canary passes'),
  marginal: z
    .number()
    .describe('Below this score it fails; between the two it is undecided'),
  groupWeights: mapOf(z.number()).describe(
    'Percent by group; groups without a weight share what is left of 100',
  ),
});

/**
 * Metrics of the `kayenta` judge are judged together, by a weighted score from
 * 0 to 100, as Spinnaker does.
 *
 * @public
 */
export interface ScorePolicy extends z.infer<typeof scorePolicy> {}
/** @public */
export const scorePolicySchema: Schema<ScorePolicy> = scorePolicy;

const noDataPolicy = objectOf({
  holdMs: z.int(),
  then: z.enum(['rollback', 'pause']),
});

/** What happens when a metric stays without usable data. @public */
export interface NoDataPolicy extends z.infer<typeof noDataPolicy> {}
/** @public */
export const noDataPolicySchema: Schema<NoDataPolicy> = noDataPolicy;

const plan = objectOf({
  name: z.string(),
  title: z.string(),
  description: z.string().optional(),
  source: z
    .string()
    .describe(
      'Where it was read from: `app-config` or the location of a `canary.yaml`',
    ),
  traffic: objectOf({
    router: z.string(),
    params: jsonObjectSchema.describe(
      "What the router's own schema parsed, `route.name` for instance",
    ),
    drainMs: z.int().describe('Between traffic gone and canary removed'),
    settleMs: z
      .int()
      .describe(
        'Between a weight verified and the first instant a window may begin',
      ),
    tolerance: z
      .number()
      .describe('How far a reachable weight may be off, in percentage points'),
  }),
  canary: objectOf({
    minReplicas: z
      .int()
      .describe('Fewest pods, whatever share of the traffic they get'),
    spread: z
      .boolean()
      .describe('They ask for different nodes, as far as there are any'),
  })
    .optional()
    .describe('Absent: as many pods as its share needs, one at least'),
  steps: listOf(planStepSchema),
  analysis: z
    .union([
      z.literal('none'),
      objectOf({
        ...policyFields,
        from: z
          .number()
          .optional()
          .describe(
            'Weight from which the background analysis runs; absent: only the gate does',
          ),
        gateMs: z.int(),
        score: scorePolicySchema
          .optional()
          .describe(
            'Absent: each metric of the `kayenta` judge must pass for itself',
          ),
        baseline: baselineSchema
          .optional()
          .describe(
            'Of metrics that compare and name no baseline of their own',
          ),
      }),
    ])
    .describe(
      'Background analysis and the gate; `none` when the plan says `analysis: none`',
    ),
  metrics: mapOf(metricDefinitionSchema).describe(
    'Definitions of every metric that the plan names, by name',
  ),
  deadlineMs: z.int().describe('Longest time a step may work'),
  onNoData: noDataPolicySchema,
  acceptCapacityRisk: z
    .boolean()
    .describe(
      'The author accepts that a rollback may lack capacity while an HPA cannot be held',
    ),
  observeOnly: z
    .literal(true)
    .optional()
    .describe(
      "Two halves of one version are compared, to learn how much they differ by chance: what metrics say is recorded and decides nothing, and no other version than the stable's is taken",
    ),
});

/**
 * The recipe of a rollout, snapshotted into it at its start.
 *
 * @public
 */
export interface Plan extends z.infer<typeof plan> {}
/** @public */
export const planSchema: Schema<Plan> = plan;
