import { defineStep } from 'backstage-plugin-canary-node';
import { z } from 'zod';

/** `mirror: 10` — copies that percentage of requests to the canary and throws its answers away; 0 ends it. */
export const mirror = defineStep<{ readonly percent: number }>({
  kind: 'mirror',
  params: z
    .number('mirror is a number of percent, such as 10')
    .min(0)
    .max(100)
    .transform(percent => ({ percent })),
  describe: ({ percent }) =>
    percent > 0
      ? `Copy ${percent} % of requests to the canary`
      : 'Stop copying requests to the canary',
  needs: ({ percent }) => (percent > 0 ? ['mirror'] : []),
  exposure: ({ percent }, previous) => ({
    weight: previous.weight,
    headerRoutes: previous.headerRoutes,
    mirror: percent > 0 ? { percent } : undefined,
  }),
  estimateMs: () => 0,
  evaluate: () => ({ status: 'done' }),
});
