import { z } from 'zod';
import { jsonObjectSchema } from './json';
import { objectOf } from './objectOf';

/** A judge and what its own schema parsed. */
export const judge = objectOf({ kind: z.string(), params: jsonObjectSchema });
