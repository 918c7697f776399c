import { z } from 'zod';
import { listOf } from './listOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

const headerRoute = objectOf({
  name: z.string(),
  header: z.string(),
  value: z.string(),
});

/** Requests whose header matches go to the canary, whatever the weight. @public */
export interface HeaderRoute extends z.infer<typeof headerRoute> {}
/** @public */
export const headerRouteSchema: Schema<HeaderRoute> = headerRoute;

const mirror = objectOf({
  percent: z.number().describe('Percent of requests, 0 to 100'),
});

/** A share of requests is copied to the canary; its answers are thrown away. @public */
export interface Mirror extends z.infer<typeof mirror> {}
/** @public */
export const mirrorSchema: Schema<Mirror> = mirror;

const exposure = objectOf({
  weight: z.number().describe('Percent of traffic with two decimals, 0 to 100'),
  headerRoutes: listOf(headerRouteSchema).describe(
    'Requests whose header matches go to the canary, whatever the weight',
  ),
  mirror: mirrorSchema.optional(),
});

/** How far users can reach the canary: weight, header routes and mirror together. @public */
export interface Exposure extends z.infer<typeof exposure> {}
/** @public */
export const exposureSchema: Schema<Exposure> = exposure;
