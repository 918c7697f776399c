import { z } from 'zod';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const health = objectOf({
  status: z.enum(['ok', 'degraded']),
  lastTickAgeMs: z
    .number()
    .optional()
    .describe(
      "Age of the controller's last look at the database; absent before the first",
    ),
  clusters: listOf(
    objectOf({
      name: z.string(),
      reachable: z.boolean(),
      message: z
        .string()
        .optional()
        .describe('Never more than a sentence: the route is open to all'),
    }),
  ),
});

/** Body of `GET /health`. @public */
export interface Health extends z.infer<typeof health> {}
/** @public */
export const healthSchema: Schema<Health> = health;
