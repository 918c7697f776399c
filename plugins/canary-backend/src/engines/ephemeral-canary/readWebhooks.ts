import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { Clock, formatDuration } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { TimeoutError, withTimeout } from '../../clock';
import type { Send } from './performStep';

const ANSWER_MS = 10_000;

const destinationSchema = z.object({
  url: z
    .string()
    .url('must be an address such as https://hooks.example/canary'),
  headers: z.record(z.string(), z.string()).optional(),
});

/** Destinations that steps may send to. */
export interface Webhooks {
  readonly names: readonly string[];
  /** Entries whose configuration is wrong, and what is. */
  readonly disabled: ReadonlyMap<string, string>;
  readonly send: Send;
}

/**
 * The destinations of `canary.webhooks`. A plan names one; only the
 * administrator's configuration has addresses and secrets. An entry that is
 * wrong is disabled, and no other.
 */
export function readWebhooks(
  config: Config,
  options: { readonly fetch: typeof fetch; readonly clock: Clock },
): Webhooks {
  const { destinations, disabled } = readDestinations(config);
  const names = [...destinations.keys()];

  const send: Send = async (
    name,
    body,
    { idempotencyKey, signal, timeoutMs = ANSWER_MS },
  ) => {
    const destination = destinations.get(name);
    const why = disabled.get(name);
    if (why !== undefined) {
      throw new InputError(`Webhook "${name}" is disabled: ${why}`);
    }
    if (!destination) {
      throw new InputError(
        `canary.webhooks has no entry "${name}"; it has ${
          names.join(', ') || 'none'
        }`,
      );
    }
    try {
      const limits = { clock: options.clock, timeoutMs, signal };
      return await withTimeout(limits, async limited => {
        const response = await options.fetch(destination.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': idempotencyKey,
            ...destination.headers,
          },
          body: JSON.stringify(body),
          redirect: 'error',
          signal: limited,
        });
        await response.body?.cancel();
        return { status: response.status };
      });
    } catch (error) {
      signal.throwIfAborted();
      const within =
        error instanceof TimeoutError
          ? ` within ${formatDuration(timeoutMs)}`
          : '';
      // The cause may carry the address, and an address may carry a secret.
      throw new Error(`The webhook ${name} did not answer${within}.`);
    }
  };
  return { names, disabled, send };
}

/** Read as one value: a name may have dots, by which a config reader would split it. */
function readDestinations(config: Config) {
  const destinations = new Map<string, z.infer<typeof destinationSchema>>();
  const disabled = new Map<string, string>();
  const entries = Object(config.getOptional('canary.webhooks'));
  for (const [name, raw] of Object.entries<unknown>(entries)) {
    const parsed = destinationSchema.safeParse(raw);
    if (parsed.success) {
      destinations.set(name, parsed.data);
    } else {
      const [{ path, message }] = parsed.error.issues;
      const key = ['canary.webhooks', name, ...path].join('.');
      disabled.set(name, `${key}: ${message}`);
    }
  }
  return { destinations, disabled };
}
