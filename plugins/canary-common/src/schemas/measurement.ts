import { z } from 'zod';
import { instant } from './instant';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { measuredBaseline } from './baseline';
import { Schema } from './Schema';
import { verdict } from './verdict';

// What a decision carries is a type and not an interface: only types are
// assignable to `JsonObject`.

const armCounts = objectOf({
  requests: z.number(),
  events: listOf(z.number()).describe(
    'Requests that were events: of a ratio one number; of latency one for each bound, the requests slower than it',
  ),
});

/** What one window counted in one arm. @public */
export type ArmCounts = z.infer<typeof armCounts>;
/** @public */
export const armCountsSchema: Schema<ArmCounts> = armCounts;

const windowCounts = objectOf({
  bounds: listOf(z.number())
    .optional()
    .describe(
      "Of latency: the histogram's finite bounds, ascending, in the metric's unit",
    ),
  canary: armCountsSchema.optional(),
  stable: armCountsSchema.optional(),
  interrupted: z
    .boolean()
    .optional()
    .describe(
      "A counter of either arm began anew, so that both arms' counts are partial",
    ),
});

/** What one window counted in both arms, for judges that compare counts. @public */
export type WindowCounts = z.infer<typeof windowCounts>;
/** @public */
export const windowCountsSchema: Schema<WindowCounts> = windowCounts;

const evidence = objectOf({
  conclusion: z.enum([
    'regression',
    'nonInferior',
    'noRegressionFound',
    'undecided',
  ]),
  ratio: z
    .number()
    .optional()
    .describe(
      "The canary's rate over the stable's; absent until events tell it",
    ),
  lower: z
    .number()
    .optional()
    .describe("Lower end of the ratio's confidence sequence; absent: open"),
  upper: z
    .number()
    .optional()
    .describe("Upper end of the ratio's confidence sequence; absent: open"),
  bound: z
    .number()
    .optional()
    .describe('Of latency: the bound whose ratio this is'),
  pValue: z.number().describe('Holds at every look, not only at one'),
  alpha: z.number().describe('False-alarm rate that the verdict keeps to'),
  looks: z.int(),
  requests: objectOf({ canary: z.number(), stable: z.number() }),
  moved: objectOf({
    bound: z.number(),
    canary: z
      .number()
      .describe('Share of requests slower than `bound`, 0 to 1'),
    stable: z
      .number()
      .describe('Share of requests slower than `bound`, 0 to 1'),
  })
    .optional()
    .describe('Of latency: the part of the distribution that speaks loudest'),
});

/** What a judge knows after all looks of a run together. @public */
export type Evidence = z.infer<typeof evidence>;
/** @public */
export const evidenceSchema: Schema<Evidence> = evidence;

const measurement = objectOf({
  metric: z.string(),
  scope: z
    .string()
    .describe(
      '`background`, `gate`, `gap` (fresh data after a gap) or `step-<index>`',
    ),
  at: instant.describe('ISO 8601 instant at which it was taken'),
  window: objectOf({ from: instant, to: instant }).describe(
    'The window the values speak of, the same for both arms',
  ),
  weight: z
    .number()
    .describe('Weight that was verified during the whole window, in percent'),
  canary: z.number().optional(),
  stable: z.number().optional(),
  baseline: measuredBaseline
    .optional()
    .describe(
      'The values of the stable are of its fresh baseline, or of the window so long before; absent: of the stable version in the same one',
    ),
  canarySample: z
    .number()
    .optional()
    .describe(
      "Requests behind the canary's value, where the metric counts them",
    ),
  stableSample: z
    .number()
    .optional()
    .describe(
      "Requests behind the stable's value, where the metric counts them",
    ),
  unit: z.string(),
  verdict,
  rule: z
    .string()
    .describe('The rule that decided, with its numbers, as a sentence'),
  threshold: objectOf({
    min: z.number().optional(),
    max: z.number().optional(),
  })
    .optional()
    .describe('Bounds the judge compared the canary with, for the chart'),
  band: objectOf({
    lower: z.number().optional(),
    upper: z.number().optional(),
  })
    .optional()
    .describe(
      "Where the canary's true value lies, of a judge that can tell; in the unit of the values",
    ),
  counts: windowCountsSchema
    .optional()
    .describe('What the window counted, to judge it again'),
  evidence: evidenceSchema
    .optional()
    .describe(
      'What is known after this look, of a judge that gathers evidence',
    ),
  query: z.string().describe('The query as sent for the canary'),
  message: z
    .string()
    .optional()
    .describe(
      "The provider's failure or warning, where there was one; never a secret",
    ),
});

/** One reading of one metric, as taken, judged and recorded. @public */
export interface Measurement extends z.infer<typeof measurement> {}
/** @public */
export const measurementSchema: Schema<Measurement> = measurement;
