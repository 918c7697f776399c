import { z } from 'zod';

/** Counts that vary more than this tell nothing; a plan cannot ask for it. */
export const MAX_PHI = 1_000;

/** `judge: { kind: sequential, … }`; everything has a default. */
export const sequentialParams = z
  .strictObject({
    /** False-alarm rate of the rollout, over all looks. */
    alpha: z.number().gt(0).max(0.5).default(0.05),
    /** The largest ratio that is no regression. */
    r0: z.number().min(1).max(100).default(1),
    /** A step may pass early once the ratio is known to be below this. */
    maxRatio: z.number().gt(1).max(100).default(2),
    /** Dispersion: how much more counts vary than independent ones. */
    phi: z.number().min(1).max(MAX_PHI).default(1),
    /** What a `Pass` needs: no regression found, or the ratio below `maxRatio`. */
    evidence: z
      .enum(['noRegressionFound', 'nonInferior'])
      .default('noRegressionFound'),
    /** Of latency: the service level's bound, in the metric's unit. */
    objective: z.number().gt(0).optional(),
  })
  .refine(({ r0, maxRatio }) => maxRatio > r0, {
    path: ['maxRatio'],
    message: 'is not above r0, so that a canary within r0 could not pass early',
  });

/** @see {@link sequentialParams} */
export type SequentialParams = z.output<typeof sequentialParams>;
