import { z } from 'zod';
import { HOLD_REASONS } from '../hold';
import { instant } from './instant';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const hold = objectOf({
  reason: z.enum(HOLD_REASONS),
  message: z.string(),
  since: instant,
  until: instant
    .optional()
    .describe(
      'ISO 8601 instant at which it ends by itself; absent when it waits for a person or for data',
    ),
  rollbackAtEnd: z
    .boolean()
    .optional()
    .describe('At `until` the rollout is taken back instead of moved on'),
  approvers: listOf(z.string())
    .optional()
    .describe(
      'Entity refs of the users and groups that alone may promote it; whoever is permitted without it',
    ),
});

/** One reason to wait; `since` and `until` are ISO 8601 instants. @public */
export interface Hold extends z.infer<typeof hold> {}
/** @public */
export const holdSchema: Schema<Hold> = hold;
