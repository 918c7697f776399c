import { z } from 'zod';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const offset = objectOf({ offsetMs: z.number() });

const baseline = z.union([z.enum(['stable', 'fresh']), offset]);

/**
 * What the canary is compared with: the stable version at the same time; as
 * many pods of the stable version as the canary has, started with it; or the
 * whole stable workload in the same window so long before.
 *
 * @public
 */
export type Baseline = z.infer<typeof baseline>;
/** @public */
export const baselineSchema: Schema<Baseline> = baseline;

/** What a measurement's values of the stable are of, where it says so. */
export const measuredBaseline: Schema<Exclude<Baseline, 'stable'>> = z.union([
  z.enum(['fresh']),
  offset,
]);
