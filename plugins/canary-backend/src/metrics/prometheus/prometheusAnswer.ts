import { z } from 'zod';

/** A sample of the HTTP API: Unix seconds and the value as text. */
export const prometheusSample = z.tuple([z.number(), z.string()]);

/**
 * An answer of version 1 of the HTTP API.
 *
 * @see "HTTP API" of the Prometheus documentation
 */
export const prometheusAnswer = z.object({
  status: z.enum(['success', 'error']),
  error: z.string().optional(),
  errorType: z.string().optional(),
  warnings: z.array(z.string()).optional(),
  infos: z.array(z.string()).optional(),
  data: z
    .discriminatedUnion('resultType', [
      z.object({ resultType: z.literal('scalar'), result: prometheusSample }),
      z.object({
        resultType: z.literal('vector'),
        result: z.array(
          z.object({
            metric: z.record(z.string(), z.string()).optional(),
            value: prometheusSample.optional(),
            histogram: z.unknown().optional(),
          }),
        ),
      }),
      z.object({
        resultType: z.literal('matrix'),
        result: z.array(
          z.object({ values: z.array(prometheusSample).optional() }),
        ),
      }),
      z.object({ resultType: z.literal('string'), result: z.unknown() }),
    ])
    .optional(),
});

/** @see prometheusAnswer */
export type PrometheusAnswer = z.infer<typeof prometheusAnswer>;
