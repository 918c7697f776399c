import { z } from 'zod';
import { COMMANDS } from '../command';
import { objectOf } from './objectOf';
import { reason } from './reason';
import { Schema } from './Schema';

const commandRequest = objectOf({
  command: z.enum(COMMANDS),
  expectedVersion: z
    .int()
    .min(0)
    .optional()
    .describe('The `version` that was seen; only `abort` goes without'),
  reason: reason.optional().describe('Why; required by `promoteFull`'),
});

/** Body of `POST /rollouts/{id}/commands`. @public */
export interface CommandRequest extends z.infer<typeof commandRequest> {}
/** @public */
export const commandRequestSchema: Schema<CommandRequest> = commandRequest;
