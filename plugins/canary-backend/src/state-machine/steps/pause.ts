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
      durationMs: value?.duration,
      timeoutMs: value?.timeout,
    })),
  describe: params =>
    params.durationMs === undefined
      ? 'Pause until promoted'
      : `Pause for ${formatDuration(params.durationMs)}`,
  estimateMs: params => params.durationMs,
  evaluate: ({ params, holdEnded, now, readySince }) => {
    if (holdEnded) return { status: 'done' };
    const { durationMs: lengthMs, timeoutMs } = params;
    if (lengthMs !== undefined) {
      const until = readySince + lengthMs;
      if (now >= until) return { status: 'done' };
      const message = `The plan pauses for ${formatDuration(lengthMs)}.`;
      return {
        status: 'hold',
        hold: { reason: 'StepPause', message, endsBy: 'time', until },
      };
    }
    return {
      status: 'hold',
      hold: {
        reason: 'StepPause',
        message: 'The plan waits until somebody promotes the rollout.',
        ...(timeoutMs === undefined
          ? { endsBy: 'person' }
          : { endsBy: 'rollback', until: readySince + timeoutMs }),
      },
    };
  },
});
