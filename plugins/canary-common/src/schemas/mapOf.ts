import { z } from 'zod';
import { Schema } from './Schema';

/** Values by name, as few and as many as the bounds say. */
export function mapOf<T>(
  value: z.ZodType<T>,
  { min = 0, max = Infinity }: { min?: number; max?: number } = {},
): Schema<Readonly<Record<string, T>>> {
  const within = (map: object) => {
    const size = Object.keys(map).length;
    return size >= min && size <= max;
  };
  return z
    .record(z.string(), value)
    .refine(within, `must have from ${min} to ${max} entries`)
    .meta({
      // What a refinement means is lost on JSON Schema.
      ...(min > 0 && { minProperties: min }),
      ...(max < Infinity && { maxProperties: max }),
    });
}
