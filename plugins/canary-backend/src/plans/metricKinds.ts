import { durationMs } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { baselineSchema } from './baselineSchema';

const atMost = z
  .int('must be a whole number')
  .min(
    0,
    'must be 0 or more: a limit that nothing reaches would end in a pass whatever is measured',
  )
  .max(10_000, 'must be at most 10000');
const limit = atMost.default(0);
const atLeast = z
  .int('must be a whole number')
  .min(1, 'must be at least 1; leave it out to ask for no such number')
  .max(10_000, 'must be at most 10000')
  .optional();
const query = z.string().min(1);

const upToAnHour = durationMs
  .refine(ms => ms <= 3_600_000, 'must be at most 1h')
  .optional();

/** Keys that a metric of any kind has. */
const base = {
  title: z.string().min(1).max(200).optional(),
  source: z.string(),
  minimumSample: z.number().min(0).optional(),
  failureLimit: limit,
  inconclusiveLimit: limit,
  lag: upToAnHour,
  warmUp: upToAnHour,
  baseline: baselineSchema.optional(),
  consecutiveSuccessLimit: atLeast,
  count: atLeast,
  consecutiveErrorLimit: atMost.optional(),
};

const judge = z.looseObject({ kind: z.string() });

/** What may be said of a metric whose measuring stays as it is. */
export const rulesOfMetric = z.strictObject({
  judge: judge.optional(),
  minimumSample: base.minimumSample,
  failureLimit: limit.unwrap().optional(),
  inconclusiveLimit: limit.unwrap().optional(),
});

/** The judge of metrics that count and name none: it needs no threshold. */
export const DEFAULT_COUNTING_JUDGE = 'sequential';

const countingJudge = judge.default({ kind: DEFAULT_COUNTING_JUDGE });

/** Seconds of one unit of time. */
const UNITS = { s: 1, ms: 1e-3, us: 1e-6 } as const;
const timeUnit = z.enum(
  Object.keys(UNITS) as (keyof typeof UNITS)[],
  'must be s, ms or us',
);

const value = z
  .strictObject({
    ...base,
    kind: z.literal('value').default('value'),
    query,
    sampleQuery: query.optional(),
    unit: z.string().max(40).default(''),
    judge,
  })
  .refine(({ minimumSample, sampleQuery }) => !minimumSample || sampleQuery, {
    path: ['minimumSample'],
    message: 'needs a sampleQuery that counts the requests; add it',
  });

const ratio = z.strictObject({
  ...base,
  kind: z.literal('ratio'),
  events: query,
  total: query,
  unit: z
    .literal('percent', 'must be percent, in which a ratio is shown; remove it')
    .default('percent'),
  judge: countingJudge,
});

const latency = z
  .strictObject({
    ...base,
    kind: z.literal('latency'),
    buckets: query,
    unit: timeUnit.default('ms'),
    /** Unit of the buckets' bounds; that of the metric where it is absent. */
    bucketUnit: timeUnit.optional(),
    objective: z.number().gt(0).optional(),
    judge: countingJudge,
  })
  .transform(({ bucketUnit, ...metric }) => ({
    ...metric,
    boundScale: Number(
      (UNITS[bucketUnit ?? metric.unit] / UNITS[metric.unit]).toPrecision(12),
    ),
  }));

/** What a metric may look like, by its `kind`. */
export const metricKinds = { value, ratio, latency } as const;

/** @see metricKinds */
export type MetricKind = keyof typeof metricKinds;

/** A metric as parsed, of one of the kinds. */
export type ParsedMetric =
  | z.output<typeof value>
  | z.output<typeof ratio>
  | z.output<typeof latency>;

/** Keys of a metric that hold a query template. */
const QUERY_KEYS = {
  value: ['query', 'sampleQuery'],
  ratio: ['events', 'total'],
  latency: ['buckets'],
} as const satisfies Record<MetricKind, readonly string[]>;

/** Every query template of a metric with the key it stands behind. */
export function queriesOf(metric: {
  readonly kind?: MetricKind;
}): readonly (readonly [key: string, template: string])[] {
  const texts = metric as Readonly<Record<string, unknown>>;
  return QUERY_KEYS[metric.kind ?? 'value'].flatMap(key => {
    const template = texts[key];
    return typeof template === 'string' ? [[key, template] as const] : [];
  });
}

/** Keys that only one kind has. */
const OWN_KEYS: Readonly<Record<MetricKind, readonly string[]>> = {
  value: ['query', 'sampleQuery'],
  ratio: ['events', 'total'],
  latency: ['buckets', 'bucketUnit', 'objective'],
};

/** What is wrong with a key that another kind has; undefined for every other key. */
export function foreignKey(kind: MetricKind, key: string): string | undefined {
  if (OWN_KEYS[kind].includes(key)) return undefined;
  const kinds = Object.keys(OWN_KEYS) as MetricKind[];
  const owner = kinds.find(other => OWN_KEYS[other].includes(key));
  return (
    owner &&
    `belongs to a metric of kind ${owner}; one of kind ${kind} has ${OWN_KEYS[
      kind
    ].join(', ')}`
  );
}
