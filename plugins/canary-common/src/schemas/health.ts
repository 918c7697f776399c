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
      "Age of this replica's last heartbeat in the database; absent before the first",
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
  replicas: listOf(
    objectOf({
      name: z.string().describe('Made anew with every start'),
      lastBeatAgeMs: z.number(),
      reaches: listOf(z.string()).describe('Clusters that answer it'),
    }),
  ).describe('Every replica that was alive at that heartbeat'),
});

/** Body of `GET /health`. @public */
export interface Health extends z.infer<typeof health> {}
/** @public */
export const healthSchema: Schema<Health> = health;
