import { defineStep } from 'backstage-plugin-canary-node';
import { JsonObject } from 'backstage-plugin-canary-common';
import { z } from 'zod';

/** `webhook: { name: load-test }` — calls a destination that an administrator named in `canary.webhooks`. */
export const webhook = defineStep<{
  readonly name: string;
  readonly body?: JsonObject;
}>({
  kind: 'webhook',
  params: z.strictObject({
    name: z
      .string('name is the name of an entry of canary.webhooks')
      .regex(
        /^[\w.-]{1,63}$/,
        'name is the name of an entry of canary.webhooks',
      ),
    body: z.record(z.string(), z.json()).optional() as z.ZodType<
      JsonObject | undefined
    >,
  }),
  describe: ({ name }) => `Call the webhook ${name}`,
  destinations: ({ name }) => [name],
  estimateMs: () => 1_000,
  perform: ({ name, body }, { send, rollout, idempotencyKey }) =>
    send(name, {
      ...body,
      rolloutId: rollout.id,
      entityRef: rollout.entityRef,
      idempotencyKey,
    }).then(({ status }) => {
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
