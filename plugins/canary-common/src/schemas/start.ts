import { z } from 'zod';
import { CONTAINER_KINDS } from '../container';
import { bothImages, image, Images } from './images';
import { instant } from './instant';
import { listOf } from './listOf';
import { mapOf } from './mapOf';
import { objectOf } from './objectOf';
import { planSchema } from './plan';
import { reason } from './reason';
import { Schema } from './Schema';
import { workload } from './workload';

const newImages: Schema<Images> = mapOf(image, { min: 1, max: 50 });

const startRequest = objectOf({
  entityRef: z.string().min(1).max(500),
  image: image
    .optional()
    .describe('For the only container, or the only one of its repository'),
  images: newImages
    .optional()
    .describe('Container name to image reference; instead of `image`'),
  plan: z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe(
      "A plan's name; without it the entity's `canary/plan` annotation decides",
    ),
  reason: reason.optional(),
  acceptBrokenStable: z
    .boolean()
    .optional()
    .describe(
      'Replaces a stable that is broken: metrics that compare with it are not asked, and only absolute limits judge. Refused where it is not broken',
    ),
});

/** Body of `POST /rollouts` and `POST /rollouts/preview`: `image` or `images`, not both. @public */
export interface StartRequest extends z.infer<typeof startRequest> {}
/** @public */
export const startRequestSchema: Schema<StartRequest> = startRequest;

const previewStep = objectOf({
  index: z.int(),
  kind: z.string(),
  title: z.string(),
  weight: z.number(),
  canaryReplicas: z.int(),
  estimatedMs: z
    .number()
    .optional()
    .describe(
      'How long the step takes when all goes well; absent when it waits for a person',
    ),
});

/** What a step would do, computed against the live workload. @public */
export interface PreviewStep extends z.infer<typeof previewStep> {}
/** @public */
export const previewStepSchema: Schema<PreviewStep> = previewStep;

const previewContainer = objectOf({
  name: z.string(),
  kind: z
    .enum(CONTAINER_KINDS)
    .describe(
      '`init` ends before the pod serves; `sidecar` is an init container that runs on beside it',
    ),
  stable: image,
  canary: image.describe('The same as `stable` where it stays as it is'),
});

/** What becomes of a container. @public */
export interface PreviewContainer extends z.infer<typeof previewContainer> {}
/** @public */
export const previewContainerSchema: Schema<PreviewContainer> =
  previewContainer;

const metricDetectability = objectOf({
  metric: z.string(),
  title: z.string(),
  unit: z.string(),
  alpha: z
    .number()
    .describe(
      'Part of the healthy rollouts that this metric takes back in error, 0 to 1',
    ),
  dispersion: z
    .number()
    .describe(
      'How much more counts may vary than those of independent requests for that to hold; 1 is not at all',
    ),
  learned: objectOf({
    dispersion: z.number(),
    windows: z.int(),
    rolloutId: z.string().describe('The latest of them'),
  })
    .optional()
    .describe(
      'What A/A rollouts of this workload taught; absent before there was one with enough events',
    ),
  traffic: objectOf({
    requestsPerSecond: z.number(),
    rate: z
      .number()
      .describe(
        "Share of the stable's requests that were bad, or slower than `bound`; 0 to 1",
      ),
    bound: z.number().optional().describe("Of latency, in the metric's unit"),
    at: instant,
  })
    .optional()
    .describe('What was measured last; absent before anything was'),
  detection: listOf(
    objectOf({ ratio: z.number(), afterMs: z.number().optional() }),
  ).describe(
    'When a canary so many times as bad would be stopped, in about; `afterMs` is absent where the plan is too short for it',
  ),
});

/** What a plan would notice of one metric that is judged by evidence. @public */
export interface MetricDetectability
  extends z.infer<typeof metricDetectability> {}
/** @public */
export const metricDetectabilitySchema: Schema<MetricDetectability> =
  metricDetectability;

const preview = objectOf({
  cluster: z.string(),
  namespace: z.string(),
  workload,
  images: bothImages,
  containers: listOf(previewContainerSchema).describe(
    'Every container of the pods, init containers included',
  ),
  stableReplicas: z.int(),
  plan: planSchema,
  steps: listOf(previewStepSchema),
  estimatedMs: z
    .number()
    .describe(
      'Sum of the estimates; `waitsForPeople` says it is a lower bound',
    ),
  waitsForPeople: z.boolean(),
  warnings: listOf(z.string()),
  detectability: listOf(metricDetectabilitySchema).describe(
    'What the plan would notice, for each metric that is judged by evidence',
  ),
});

/** What starting would do; nothing has been written. @public */
export interface Preview extends z.infer<typeof preview> {}
/** @public */
export const previewSchema: Schema<Preview> = preview;
