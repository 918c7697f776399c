import { z } from 'zod';
import { Schema } from './Schema';

/** A list that is not to be changed. */
export function listOf<T>(item: z.ZodType<T>): Schema<readonly T[]> {
  return z.array(item) as unknown as Schema<readonly T[]>;
}
