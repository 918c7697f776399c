import { z } from 'zod';
import { PHASES } from '../phase';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const count = z.int().min(0);

const facetCount = objectOf({ value: z.string(), count });

/** How many rollouts have a value of a field; a rollout without one is not counted. @public */
export interface FacetCount extends z.infer<typeof facetCount> {}
/** @public */
export const facetCountSchema: Schema<FacetCount> = facetCount;

const deliveryFields = {
  rollouts: count.describe(
    'Rollouts that ended, rollbacks to a previous version not among them',
  ),
  rolledBack: count,
  medianPromoteMs: count
    .optional()
    .describe('From the start to `Succeeded`; absent without a sample'),
  medianRestoreMs: count
    .optional()
    .describe(
      'From the decision to go back until exposure 0 was read back or, where the stable version was being replaced, until it ran everywhere again; absent without a sample',
    ),
};

const deliveryFigures = objectOf(deliveryFields);

/**
 * Delivery figures of ended rollouts, after DORA's: how often, how many came
 * back, how long. Medians are in milliseconds and absent without a sample.
 *
 * @public
 */
export interface DeliveryFigures extends z.infer<typeof deliveryFigures> {}
/** @public */
export const deliveryFiguresSchema: Schema<DeliveryFigures> = deliveryFigures;

const weekFigures = objectOf({
  from: z.string().describe('Its Monday, 00:00 UTC, as an ISO 8601 instant'),
  ...deliveryFields,
});

/** Figures of one week, named by its Monday, 00:00 UTC, as an ISO 8601 instant. @public */
export interface WeekFigures extends z.infer<typeof weekFigures> {}
/** @public */
export const weekFiguresSchema: Schema<WeekFigures> = weekFigures;

const facet = listOf(facetCountSchema).describe(
  'Choices of a filter, counted without the own filter of the field',
);

const figures = objectOf({
  phases: z
    .record(z.enum(PHASES), count)
    .readonly()
    .describe('Of every phase, in the whole selection'),
  attention: count.describe('How many need a person'),
  owners: facet,
  systems: facet,
  clusters: facet,
  total: deliveryFiguresSchema.describe('Since `from`, all together'),
  weeks: listOf(weekFiguresSchema).describe(
    'Since `from`, week by week, the oldest first; weeks without a rollout too',
  ),
  truncated: z
    .boolean()
    .describe(
      'Whether there were more rollouts than one answer reads; the newest count',
    ),
});

/** Numbers of a selection of rollouts that the caller may read. @public */
export interface Figures extends z.infer<typeof figures> {}
/** @public */
export const figuresSchema: Schema<Figures> = figures;
