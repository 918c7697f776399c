import { z } from 'zod';

/**
 * A schema as its readers know it: what a value is, not how it is said. The
 * named types below stay names in messages and declarations this way, and the
 * compiler reads each shape once.
 *
 * @public
 */
export interface Schema<T> extends z.ZodType<T> {}
