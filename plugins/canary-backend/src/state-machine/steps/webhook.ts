import { defineStep, durationMs } from 'backstage-plugin-canary-node';
import { JsonObject } from 'backstage-plugin-canary-common';
import { z } from 'zod';

/** What answers later than this is better asked again. */
const LONGEST_MS = 300_000;

/**
 * `webhook: { name: load-test }` — calls a destination that an administrator
 * named in `canary.webhooks`; `body` is sent with the call, and `timeout` is how
 * long the answer may take (10 s).
 */
export const webhook = defineStep<{
  readonly name: string;
  readonly body?: JsonObject;
  readonly timeoutMs?: number;
}>({
  kind: 'webhook',
  params: z
    .strictObject({
      name: z
        .string('name is the name of an entry of canary.webhooks')
        .regex(
          /^[\w.-]{1,63}$/,
          'name is the name of an entry of canary.webhooks',
        ),
      body: z.record(z.string(), z.json()).optional() as z.ZodType<
        JsonObject | undefined
      >,
      timeout: durationMs
        .refine(
          ms => ms >= 1_000 && ms <= LONGEST_MS,
          'timeout is from 1s to 5m',
        )
        .optional(),
    })
    .transform(({ timeout: timeoutMs, ...call }) => ({ ...call, timeoutMs })),
  describe: ({ name }) => `Call the webhook ${name}`,
  destinations: ({ name }) => [name],
  estimateMs: () => 1_000,
  perform: ({ name, body, timeoutMs }, { send, rollout, idempotencyKey }) =>
    send(
      name,
      {
        ...body,
        rolloutId: rollout.id,
        entityRef: rollout.entityRef,
        idempotencyKey,
      },
      { timeoutMs },
    ).then(({ status }) => {
      // Trouble of the other side is tried again until the step's deadline.
      if (status >= 500 || status === 429) {
        throw new Error(`The webhook ${name} answered ${status}`);
      }
      return { status };
    }),
  evaluate: ({ params: { name }, performed }) => {
    const status = (performed as { status?: number } | undefined)?.status;
    if (status === undefined) {
      return {
        status: 'working',
        reason: 'Webhook',
        message: `Calling the webhook ${name}.`,
      };
    }
    return status >= 200 && status < 300
      ? { status: 'done' }
      : { status: 'failed', message: `the webhook ${name} answered ${status}` };
  },
});
