import { z } from 'zod';
import { COMMANDS } from '../command';
import { PHASES } from '../phase';
import { exposureSchema } from './exposure';
import { holdSchema } from './hold';
import { bothImages } from './images';
import { instant } from './instant';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { outcomeSchema } from './outcome';
import { planSchema } from './plan';
import { Schema } from './Schema';
import { verdict } from './verdict';
import { workload } from './workload';

const waitingFor = objectOf({
  reason: z.string(),
  message: z.string(),
  nextCheckAt: instant.describe(
    'ISO 8601 instant of the next tick, as of this answer; one that has passed is due',
  ),
});

/** What the rollout waits for, and when it is looked at next. @public */
export interface WaitingFor extends z.infer<typeof waitingFor> {}
/** @public */
export const waitingForSchema: Schema<WaitingFor> = waitingFor;

const podCounts = objectOf({ desired: z.int(), ready: z.int() });

/** One arm's pods in numbers. @public */
export interface PodCounts extends z.infer<typeof podCounts> {}
/** @public */
export const podCountsSchema: Schema<PodCounts> = podCounts;

const metricStatus = objectOf({
  metric: z.string(),
  scope: z.string(),
  verdict,
  rule: z.string(),
  at: instant,
});

/** Where a metric stands now. @public */
export interface MetricStatus extends z.infer<typeof metricStatus> {}
/** @public */
export const metricStatusSchema: Schema<MetricStatus> = metricStatus;

const asAtTheStart =
  'Entity ref, as the catalog said of the entity at the start';

const rollout = objectOf({
  id: z.string(),
  entityRef: z.string(),
  owner: z.string().optional().describe(asAtTheStart),
  system: z.string().optional().describe(asAtTheStart),
  cluster: z.string(),
  namespace: z.string(),
  workload,
  phase: z.enum(PHASES),
  outcome: outcomeSchema.optional(),
  step: objectOf({
    index: z
      .int()
      .describe(
        'Counts from 0; `total` names the implicit gate when `kind` is `gate`',
      ),
    total: z.int(),
    kind: z.string(),
    title: z.string(),
    startedAt: instant,
    deadlineAt: instant.optional(),
  }),
  weight: objectOf({
    desired: z.number(),
    observed: z.number(),
    verified: z
      .boolean()
      .describe('Whether the desired exposure has been read back'),
  }),
  exposure: exposureSchema,
  images: bothImages,
  pods: objectOf({
    stable: podCountsSchema.optional(),
    canary: podCountsSchema.optional(),
  }),
  metrics: listOf(metricStatusSchema),
  plan: planSchema,
  version: z.int(),
  allowedCommands: listOf(z.enum(COMMANDS)),
  refusals: z
    .partialRecord(z.enum(COMMANDS), z.string())
    .readonly()
    .describe(
      'Why each other command of this phase is not allowed now, as a sentence',
    ),
  needsAttention: z
    .boolean()
    .describe(
      'Whether a person should look: it waits for somebody, or goes back',
    ),
  remaining: objectOf({
    estimatedMs: z.number(),
    waitsForPeople: z.boolean(),
  })
    .optional()
    .describe(
      'What is left when all goes well; `waitsForPeople` says it is a lower bound; absent once it ended',
    ),
  worstMetric: metricStatusSchema
    .optional()
    .describe(
      'The gravest verdict that a metric of this rollout ever got, the latest of those',
    ),
  holds: listOf(holdSchema),
  waitingFor: waitingForSchema.optional(),
  warnings: listOf(z.string()),
  retryOf: z.string().optional(),
  rollbackOf: z.string().optional(),
  startedBy: z.string(),
  reason: z.string().optional(),
  startedAt: instant,
  finishedAt: instant.optional(),
});

/** A rollout as the API gives it. Times are ISO 8601 instants. @public */
export interface Rollout extends z.infer<typeof rollout> {}
/** @public */
export const rolloutSchema: Schema<Rollout> = rollout;
