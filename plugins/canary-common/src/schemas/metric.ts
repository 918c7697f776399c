import { z } from 'zod';
import { baselineSchema } from './baseline';
import { judge } from './judge';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const base = {
  name: z.string(),
  title: z.string(),
  source: z.string().describe('Name of an entry of `canary.metricSources`'),
  unit: z
    .string()
    .describe('`percent`, `ms`, `s`, `requests/s`, `bytes` or a free word'),
  minimumSample: z
    .number()
    .describe(
      'Fewest requests per measurement, over all looks of a judge that gathers evidence; below it the data is insufficient',
    ),
  judge,
  lagMs: z
    .number()
    .optional()
    .describe(
      'How late the server knows: a window ends so long before the look; absent: at the look',
    ),
  warmUpMs: z
    .number()
    .optional()
    .describe(
      'What is left out after each change of weight: fresh pods are cold; absent: nothing',
    ),
  baseline: baselineSchema
    .optional()
    .describe(
      'What the canary is compared with; absent: the stable version at the same time',
    ),
  failureLimit: z
    .int()
    .describe(
      'How many measurements may fail before the metric fails; default 0',
    ),
  inconclusiveLimit: z
    .int()
    .describe(
      'How many measurements may be inconclusive before the metric is; default 0',
    ),
  // Of judges that look at one measurement at a time, as the two above.
  consecutiveSuccessLimit: z
    .int()
    .optional()
    .describe(
      'Passes in a row without which the metric has not passed; with them a step may end',
    ),
  count: z
    .int()
    .optional()
    .describe(
      'Usable measurements without which the metric has not passed; with them a step may end',
    ),
  consecutiveErrorLimit: z
    .int()
    .optional()
    .describe(
      'Provider failures in a row that are waited out; the next one ends the wait for data at once',
    ),
};

const metricBase = objectOf(base);

/** What every metric has. @public */
export interface MetricBase extends z.infer<typeof metricBase> {}

// Query templates are filled per arm with typed, escaped `{{ arguments }}`.

const valueMetric = objectOf({
  ...base,
  kind: z
    .literal('value')
    .optional()
    .describe('Absent where a plan was snapshotted before there were kinds'),
  query: z.string().describe('Query template of the value'),
  sampleQuery: z
    .string()
    .optional()
    .describe(
      'Query template of the number of requests behind a value, where the metric has one',
    ),
});

/** One number, as the server gives it. @public */
export interface ValueMetric extends z.infer<typeof valueMetric> {}
/** @public */
export const valueMetricSchema: Schema<ValueMetric> = valueMetric;

const ratioMetric = objectOf({
  ...base,
  kind: z.literal('ratio'),
  events: z
    .string()
    .describe('Query template of the number of bad requests in the window'),
  total: z
    .string()
    .describe('Query template of the number of all requests in the window'),
});

/** Requests that were bad, of all; shown in percent. @public */
export interface RatioMetric extends z.infer<typeof ratioMetric> {}
/** @public */
export const ratioMetricSchema: Schema<RatioMetric> = ratioMetric;

const latencyMetric = objectOf({
  ...base,
  kind: z.literal('latency'),
  buckets: z
    .string()
    .describe(
      "Query template of the window's requests by bucket: as many as took at most `le`, `+Inf` included",
    ),
  boundScale: z
    .number()
    .describe(
      "What a bound of a bucket is multiplied by to be in the metric's unit",
    ),
  objective: z
    .number()
    .optional()
    .describe(
      "The bound promised to users, in the metric's unit: the judge looks at it hardest",
    ),
});

/** Requests by how long they took; shown as the 95th percentile, read from the buckets. @public */
export interface LatencyMetric extends z.infer<typeof latencyMetric> {}
/** @public */
export const latencyMetricSchema: Schema<LatencyMetric> = latencyMetric;

const metricDefinition = z.union([
  valueMetricSchema,
  ratioMetricSchema,
  latencyMetricSchema,
]);

/** The whole definition of a metric, as snapshotted into the plan. @public */
export type MetricDefinition = z.infer<typeof metricDefinition>;
/** @public */
export const metricDefinitionSchema: Schema<MetricDefinition> =
  metricDefinition;
