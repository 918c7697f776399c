import {
  defineStep,
  durationMs,
  formatDuration,
} from 'backstage-plugin-canary-node';
import { z } from 'zod';

/** Longest window of a measurement, in intervals, where the plan names none. */
const WINDOW_INTERVALS = 5;

const positive = durationMs.refine(
  ms => ms >= 1_000,
  'an analysis is timed in seconds: 1s is the shortest',
);

/** `analysis: { metrics: [error-rate], interval: 30s, duration: 5m }` — goes on only if every metric passes. */
export const analysis = defineStep<{
  readonly metrics: readonly string[];
  readonly intervalMs: number;
  readonly windowMs: number;
  readonly durationMs: number;
}>({
  kind: 'analysis',
  params: z
    .strictObject({
      metrics: z
        .array(z.string().min(1))
        .min(1, 'an analysis needs at least one metric')
        .refine(
          names => new Set(names).size === names.length,
          'a metric is named once',
        ),
      interval: positive,
      duration: positive,
      window: positive.optional(),
    })
    .refine(
      ({ interval, duration }) => interval <= duration,
      'the interval is longer than the duration, so that nothing would be measured',
    )
    .transform(({ metrics, interval, duration, window }) => ({
      metrics,
      intervalMs: interval,
      windowMs: window ?? interval * WINDOW_INTERVALS,
      durationMs: duration,
    })),
  describe: params =>
    `Watch ${params.metrics.join(', ')} for ${formatDuration(
      params.durationMs,
    )}`,
  analysis: params => params,
  estimateMs: params => params.durationMs,
  evaluate: ({ params, holdEnded, analysis: standing }) => {
    if (holdEnded || standing === 'passed') return { status: 'done' };
    if (standing === 'inconclusive') {
      return {
        status: 'hold',
        hold: {
          reason: 'Inconclusive',
          message: `The analysis of ${params.metrics.join(
            ', ',
          )} ended undecided; somebody has to decide.`,
          endsBy: 'person',
        },
      };
    }
    return {
      status: 'working',
      reason: 'Analysis',
      message: `Watching ${params.metrics.join(', ')} for ${formatDuration(
        params.durationMs,
      )}.`,
    };
  },
});
