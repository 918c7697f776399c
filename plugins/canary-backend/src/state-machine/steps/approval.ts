import {
  defineStep,
  durationMs,
  formatDuration,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';

/** `approval: { by: group:default/sre }` — waits for a person, at most for `timeout`. */
export const approval = defineStep<{
  readonly by?: string;
  readonly timeoutMs?: number;
}>({
  kind: 'approval',
  params: z
    .strictObject({
      by: z
        .string()
        .regex(
          /^(user|group):[\w.-]+\/[\w.-]+$/i,
          'by is a full reference of a user or a group, such as group:default/sre',
        )
        .optional(),
      timeout: durationMs.optional(),
    })
    .nullable()
    .transform(value => ({
      ...(value?.by !== undefined && { by: value.by }),
      ...(value?.timeout !== undefined && { timeoutMs: value.timeout }),
    })),
  describe: ({ by }) =>
    by ? `Wait for approval by ${by}` : 'Wait for approval',
  estimateMs: () => undefined,
  evaluate: ({ params: { by, timeoutMs }, promoted, readySince }) => {
    if (promoted) return { status: 'done' };
    const who = by ?? 'a permitted person';
    return {
      status: 'hold',
      hold: {
        reason: 'Approval',
        message:
          timeoutMs === undefined
            ? `Waiting for approval by ${who}.`
            : `Waiting for approval by ${who}, at most ${formatDuration(
                timeoutMs,
              )}.`,
        until: timeoutMs === undefined ? undefined : readySince + timeoutMs,
        rollbackAtEnd: timeoutMs === undefined ? undefined : true,
      },
    };
  },
});
