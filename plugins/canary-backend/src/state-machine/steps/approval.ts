import {
  defineStep,
  durationMs,
  formatDuration,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';

const approver = z
  .string()
  .regex(
    /^(user|group):[\w.-]+\/[\w.-]+$/i,
    'by is a full reference of a user or a group, such as group:default/sre',
  );

/**
 * `approval: { by: group:default/sre }`, or a list of users and groups — waits
 * for one of them, at most for `timeout`. That nobody else ends it is checked
 * where commands come in: the machine knows no groups.
 */
export const approval = defineStep<{
  readonly by?: readonly string[];
  readonly timeoutMs?: number;
}>({
  kind: 'approval',
  params: z
    .strictObject({
      by: z
        .union(
          [approver, z.array(approver).min(1).max(20)],
          'by is a full reference of a user or a group, such as group:default/sre, or a list of 1 to 20 of them',
        )
        .transform(by => [by].flat())
        .optional(),
      timeout: durationMs.optional(),
    })
    .nullable()
    .transform(value => ({
      by: value?.by,
      timeoutMs: value?.timeout,
    })),
  describe: ({ by }) =>
    by ? `Wait for approval by ${by.join(' or ')}` : 'Wait for approval',
  estimateMs: () => undefined,
  evaluate: ({ params: { by, timeoutMs }, holdEnded, readySince }) => {
    if (holdEnded) return { status: 'done' };
    const who = by?.join(' or ') ?? 'a permitted person';
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
        approvers: by,
        ...(timeoutMs === undefined
          ? { endsBy: 'person' }
          : { endsBy: 'rollback', until: readySince + timeoutMs }),
      },
    };
  },
});
