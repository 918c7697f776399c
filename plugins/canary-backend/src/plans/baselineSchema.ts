import { Baseline } from 'backstage-plugin-canary-common';
import { durationMs } from 'backstage-plugin-canary-node';
import { z } from 'zod';

const HOUR_MS = 3_600_000;

/** Servers seldom keep what is older as finely. */
const LONGEST_OFFSET_MS = 35 * 24 * HOUR_MS;

/** `stable`, `fresh`, or `{ offset: 1d }` for the same window so long before. */
export const baselineSchema: z.ZodType<Baseline> = z.union(
  [
    z.enum(['stable', 'fresh']),
    z
      .strictObject({
        offset: durationMs.refine(
          ms => ms >= HOUR_MS && ms <= LONGEST_OFFSET_MS,
        ),
      })
      .transform(({ offset }) => ({ offsetMs: offset })),
  ],
  {
    error:
      'must be stable, fresh, or an earlier window such as { offset: 1d }, from 1h to 35d',
  },
);
