import { z } from 'zod';
import { EVENT_KINDS } from '../event';
import { instant } from './instant';
import { jsonObjectSchema } from './json';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const rolloutEvent = objectOf({
  rolloutId: z.string(),
  sequence: z.int().describe('1, 2, 3, … within the rollout'),
  at: instant,
  kind: z
    .enum(EVENT_KINDS)
    .describe(
      '`Decision` carries the inputs of an analysis conclusion, `Command` what a person asked',
    ),
  actor: z
    .string()
    .describe('Entity ref of a user, `service:<subject>` or `system`'),
  message: z.string().describe('A sentence for people'),
  data: jsonObjectSchema.describe(
    'The inputs of the decision: query, window, values, thresholds, rule, reason',
  ),
  hash: z
    .string()
    .describe(
      "SHA-256 of the previous row's hash and this row's canonical JSON",
    ),
});

/** One row of the append-only history of a rollout. @public */
export interface RolloutEvent extends z.infer<typeof rolloutEvent> {}
/** @public */
export const rolloutEventSchema: Schema<RolloutEvent> = rolloutEvent;

const auditResult = objectOf({
  valid: z.boolean(),
  length: z.int(),
  brokenAt: z
    .int()
    .optional()
    .describe('Sequence number of the first row that does not fit the chain'),
});

/** Result of `GET /rollouts/{id}/audit`. @public */
export interface AuditResult extends z.infer<typeof auditResult> {}
/** @public */
export const auditResultSchema: Schema<AuditResult> = auditResult;
