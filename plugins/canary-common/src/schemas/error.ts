import { z } from 'zod';
import { listOf } from './listOf';
import { Schema } from './Schema';

const errorBody = z
  .looseObject({
    error: z
      .looseObject({
        name: z.string(),
        message: z.string(),
        overrides: listOf(z.enum(['acceptBrokenStable']))
          .optional()
          .describe(
            'Fields of a start request by which a permitted person overrides one of the reasons',
          ),
      })
      .readonly(),
  })
  .readonly()
  .describe('An error of @backstage/errors; its message says what to do');

/** Body of every answer that is not of the 200s. @public */
export interface ErrorBody extends z.infer<typeof errorBody> {}
/** @public */
export const errorBodySchema: Schema<ErrorBody> = errorBody;
