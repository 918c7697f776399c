import { z } from 'zod';
import { OUTCOME_REASONS } from '../outcome';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

/** The two ends of a rollout. */
export const result = z.enum(['Succeeded', 'RolledBack']);

const outcome = objectOf({
  result,
  reason: z.enum(OUTCOME_REASONS).describe('For programs'),
  message: z.string().describe('A sentence with the names and numbers in it'),
});

/** How a rollout ended; set as soon as the end is decided. @public */
export interface Outcome extends z.infer<typeof outcome> {}
/** @public */
export const outcomeSchema: Schema<Outcome> = outcome;
