import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import {
  isEnded,
  Rollout,
  waitsForPerson,
} from 'backstage-plugin-canary-common';
import { Clock } from 'backstage-plugin-canary-node';
import type { z as Zod } from 'zod/v3';
import { CanaryService } from '../../service';

const DEFAULT_WAIT_MINUTES = 10;
const MAX_WAIT_MINUTES = 30;
const LOOK_EVERY_MS = 3_000;

/** What the actions are made of. */
export interface ActionsOptions {
  readonly actionsRegistry: ActionsRegistryService;
  /** Authorised and audited already: permissions are those of whoever runs an action. */
  readonly service: CanaryService;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
}

/**
 * Offers rollouts as portal actions, which the scaffolder lists as template
 * actions and the MCP server as tools. The registry is still alpha: nothing
 * else in the plugin imports it.
 */
export function registerActions(options: ActionsOptions): void {
  const { actionsRegistry, service, clock } = options;

  actionsRegistry.register({
    name: 'start-rollout',
    title: 'Start a canary rollout',
    description:
      'Gives a new image of a service to a few users first, compares it with the stable version by metrics, and promotes it or takes it back. Returns at once; wait with wait-for-rollout.',
    schema: {
      input: z =>
        z.object({
          entityRef: z
            .string()
            .describe('The service in the catalog: component:default/checkout'),
          image: z
            .string()
            .optional()
            .describe(
              'The new image, where it is clear which container it is for',
            ),
          images: z
            .record(z.string())
            .optional()
            .describe('New images by container; instead of image'),
          plan: z
            .string()
            .optional()
            .describe('Name of a plan; by default what the entity names'),
          acceptBrokenStable: z
            .boolean()
            .optional()
            .describe(
              'Replace a stable version that does not run: then only absolute limits judge the new one',
            ),
          reason: z.string().optional().describe('Why, for the history'),
        }),
      output: summarySchema,
    },
    attributes: { destructive: false, idempotent: false, readOnly: false },
    action: async ({ input, credentials }) => ({
      output: summaryOf(await service.start(input, { credentials })),
    }),
  });

  actionsRegistry.register({
    name: 'promote-rollout',
    title: 'Promote a waiting rollout',
    description:
      'Ends the pause, approval, inconclusive or missing-data hold of a rollout, so that it moves on to its next step. With full it skips the remaining steps and the final analysis, which needs a reason.',
    schema: {
      input: z =>
        z.object({
          id: z.string().describe('Id of the rollout'),
          full: z.boolean().default(false),
          expectedVersion: versionSchema(z),
          reason: z.string().optional(),
        }),
      output: summarySchema,
    },
    attributes: { destructive: true, idempotent: false, readOnly: false },
    action: async ({ input, credentials }) => {
      const { id, full, expectedVersion, reason } = input;
      const command = full ? 'promoteFull' : 'promote';
      return {
        output: summaryOf(
          await service.command(
            id,
            { command, expectedVersion, reason },
            { credentials },
          ),
        ),
      };
    },
  });

  actionsRegistry.register({
    name: 'abort-rollout',
    title: 'Abort a rollout',
    description:
      'Takes all traffic back to the stable version at once and ends the rollout. Safe to repeat.',
    schema: {
      input: z =>
        z.object({
          id: z.string().describe('Id of the rollout'),
          reason: z.string().optional().describe('Why, for the history'),
        }),
      output: summarySchema,
    },
    attributes: { destructive: true, idempotent: true, readOnly: false },
    action: async ({ input: { id, reason }, credentials }) => ({
      output: summaryOf(
        await service.command(
          id,
          { command: 'abort', reason },
          { credentials },
        ),
      ),
    }),
  });

  actionsRegistry.register({
    name: 'get-rollout',
    title: 'Look at a rollout',
    description:
      'Where a rollout is, how much traffic its canary gets, what it waits for, and what may be asked of it.',
    schema: {
      input: z => z.object({ id: z.string().describe('Id of the rollout') }),
      output: summarySchema,
    },
    attributes: { destructive: false, idempotent: true, readOnly: true },
    action: async ({ input, credentials }) => ({
      output: summaryOf(await service.get(input.id, { credentials })),
    }),
  });

  actionsRegistry.register({
    name: 'wait-for-rollout',
    title: 'Wait for a rollout',
    description:
      'Waits until a rollout has ended or, with untilPaused, waits for a person; ended is false when the time ran out before.',
    schema: {
      input: z =>
        z.object({
          id: z.string().describe('Id of the rollout'),
          timeoutMinutes: z
            .number()
            .positive()
            .max(MAX_WAIT_MINUTES)
            .default(DEFAULT_WAIT_MINUTES),
          untilPaused: z
            .boolean()
            .default(false)
            .describe('Come back as well when it waits for a person'),
        }),
      output: summarySchema,
    },
    attributes: { destructive: false, idempotent: true, readOnly: true },
    action: async ({ input, credentials }) => {
      const until = clock.now() + input.timeoutMinutes * 60_000;
      for (;;) {
        const rollout = await service.get(input.id, { credentials });
        const left = until - clock.now();
        const there =
          isEnded(rollout.phase) ||
          (input.untilPaused && rollout.holds.some(waitsForPerson));
        if (there || left <= 0) return { output: summaryOf(rollout) };
        await clock.sleep(Math.min(LOOK_EVERY_MS, left));
      }
    },
  });
}

function versionSchema(z: typeof Zod) {
  return z
    .number()
    .int()
    .describe(
      'The version that was seen, from get-rollout: a newer one refuses',
    );
}

/** What a program or a model needs of a rollout; the whole of it is in the API. */
function summarySchema(z: typeof Zod) {
  return z.object({
    id: z.string(),
    entityRef: z.string(),
    phase: z.string(),
    ended: z.boolean(),
    succeeded: z.boolean(),
    outcome: z.string().optional(),
    message: z.string().optional(),
    weight: z.number(),
    step: z.string(),
    waitingFor: z.string().optional(),
    version: z.number(),
    allowedCommands: z.array(z.string()),
  });
}

function summaryOf(rollout: Rollout) {
  return {
    id: rollout.id,
    entityRef: rollout.entityRef,
    phase: rollout.phase,
    ended: isEnded(rollout.phase),
    succeeded: rollout.phase === 'Succeeded',
    outcome: rollout.outcome?.reason,
    message: rollout.outcome?.message,
    weight: rollout.weight.desired,
    step: rollout.step.title,
    waitingFor: rollout.waitingFor?.message,
    version: rollout.version,
    allowedCommands: [...rollout.allowedCommands],
  };
}
