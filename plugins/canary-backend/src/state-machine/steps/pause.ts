import {
  defineStep,
  durationMs,
  formatDuration,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';

/** `pause: { duration: 10m }`, or `pause: {}` until promoted, which a `timeout` may bound. */
export const pause = defineStep<{
  readonly durationMs?: number;
  readonly timeoutMs?: number;
}>({
  kind: 'pause',
  params: z
    .strictObject({
      duration: durationMs.optional(),
      timeout: durationMs.optional(),
    })
    .nullable()
    .refine(
      value => !(value?.duration !== undefined && value.timeout !== undefined),
      'pause takes a duration (it goes on by itself) or a timeout (it is taken back), not both',
    )
    .transform(value => ({
      ...(value?.duration !== undefined && { durationMs: value.duration }),
      ...(value?.timeout !== undefined && { timeoutMs: value.timeout }),
    })),
  describe: params =>
    params.durationMs === undefined
      ? 'Pause until promoted'
      : `Pause for ${formatDuration(params.durationMs)}`,
  estimateMs: params => params.durationMs,
  evaluate: ({ params, holdEnded, now, readySince }) => {
    if (holdEnded) return { status: 'done' };
    const waitMs = params.durationMs ?? params.timeoutMs;
    const until = waitMs === undefined ? undefined : readySince + waitMs;
    if (
      params.durationMs !== undefined &&
      until !== undefined &&
      now >= until
    ) {
      return { status: 'done' };
    }
    return {
      status: 'hold',
      hold: {
        reason: 'StepPause',
        message:
          params.durationMs === undefined
            ? 'The plan waits until somebody promotes the rollout.'
            : `The plan pauses for ${formatDuration(params.durationMs)}.`,
        until,
        rollbackAtEnd: params.timeoutMs === undefined ? undefined : true,
      },
    };
  },
});
