import { z } from 'zod';
import { JsonObject } from '../json';
import { Schema } from './Schema';

/** Any object that JSON can carry. @public */
export const jsonObjectSchema: Schema<JsonObject> = z.looseObject(
  {},
) as unknown as Schema<JsonObject>;
