import { z } from 'zod';
import { mapOf } from './mapOf';
import { objectOf } from './objectOf';
import { Schema } from './Schema';

/** An image reference as people write it. */
export const image = z.string().min(1).max(512);

const images = mapOf(image, { max: 50 }).describe(
  'Container name to image reference',
);

/** Container name to image reference. @public */
export type Images = z.infer<typeof images>;
/** @public */
export const imagesSchema: Schema<Images> = images;

/** The images of the two versions. */
export const bothImages = objectOf({
  stable: imagesSchema,
  canary: imagesSchema,
});
