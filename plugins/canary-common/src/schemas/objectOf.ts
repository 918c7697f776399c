import { z } from 'zod';
import { Schema } from './Schema';

/** An object of exactly these fields, none of them to be changed. */
export function objectOf<S extends z.ZodRawShape>(
  shape: S,
): Schema<Readonly<z.output<z.ZodObject<S>>>> {
  return z.strictObject(shape) as unknown as Schema<
    Readonly<z.output<z.ZodObject<S>>>
  >;
}
