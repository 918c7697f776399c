import { z } from 'zod';
import { HOLD_ENDS, HOLD_REASONS } from '../hold';
import { instant } from './instant';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const hold = objectOf({
  reason: z.enum(HOLD_REASONS),
  message: z.string(),
  since: instant,
  endsBy: z
    .enum(HOLD_ENDS)
    .describe(
      'person: when somebody acts; time: at `until`, and the rollout goes on; data: when data is usable again, or the canary has its pods again (`Disrupted`); rollback: when somebody acts, else the rollout is taken back',
    ),
  until: instant
    .optional()
    .describe(
      'ISO 8601 instant at which it is over at the latest; absent when nothing but what is waited for ends it',
    ),
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
