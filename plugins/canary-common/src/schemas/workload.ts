import { z } from 'zod';
import { objectOf } from './objectOf';

/** The workload of a rollout, in its namespace. */
export const workload = objectOf({ kind: z.string(), name: z.string() });
