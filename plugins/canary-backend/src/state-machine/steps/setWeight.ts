import { defineStep } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { isInHundredths } from '../../rollout/percent';

/** `setWeight: 5` — that share of the traffic, in percent with two decimals. */
export const setWeight = defineStep<{ readonly weight: number }>({
  kind: 'setWeight',
  params: z
    .number('setWeight is a number of percent, such as 5')
    .min(0)
    .max(99.99, 'setWeight goes up to 99.99; the promotion itself is implied')
    .refine(isInHundredths, 'setWeight has at most two decimals')
    .transform(weight => ({ weight })),
  describe: ({ weight }) => `Send ${weight} % to the canary`,
  needs: ({ weight }) => (weight > 0 ? ['weights'] : []),
  exposure: ({ weight }, previous) => ({ ...previous, weight }),
  estimateMs: () => 0,
  evaluate: () => ({ status: 'done' }),
});
