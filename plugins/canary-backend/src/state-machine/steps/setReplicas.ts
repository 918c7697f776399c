import { defineStep } from 'backstage-plugin-canary-node';
import { z } from 'zod';

const MOST_REPLICAS = 10_000;

/** `setReplicas: 3`, or `{ percent: 50 }` of the stable's — at least so many canary pods from here on. */
export const setReplicas = defineStep<
  { readonly replicas: number } | { readonly percent: number }
>({
  kind: 'setReplicas',
  params: z.union(
    [
      z
        .number()
        .int()
        .min(1)
        .max(MOST_REPLICAS)
        .transform(replicas => ({ replicas })),
      z.strictObject({ percent: z.number().gt(0).max(200) }),
    ],
    "setReplicas is a number of pods, or { percent: 50 } of the stable's pods",
  ),
  describe: params =>
    'replicas' in params
      ? `Run at least ${params.replicas} canary pods`
      : `Run at least ${params.percent} % as many canary pods as stable ones`,
  replicas: (params, stableReplicas) =>
    'replicas' in params
      ? params.replicas
      : Math.max(1, Math.ceil((params.percent * stableReplicas) / 100)),
  estimateMs: () => 0,
  evaluate: () => ({ status: 'done' }),
});
