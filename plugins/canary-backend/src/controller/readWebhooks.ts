import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { Send } from './performStep';

const ANSWER_MS = 10_000;

/** Destinations that steps may send to. */
export interface Webhooks {
  readonly names: readonly string[];
  readonly send: Send;
}

/**
 * The destinations of `canary.webhooks`. A plan names one; only the
 * administrator's configuration has addresses and secrets.
 */
export function readWebhooks(
  config: Config,
  options: { readonly fetch: typeof fetch },
): Webhooks {
  const entries = config.getOptionalConfig('canary.webhooks');
  const names = entries?.keys() ?? [];
  const destinations = new Map(
    names.map(name => [
      name,
      {
        url: entries!.getString(`${name}.url`),
        headers: entries!.getOptional<Record<string, string>>(
          `${name}.headers`,
        ),
      },
    ]),
  );

  const send: Send = async (name, body, { idempotencyKey, signal }) => {
    const destination = destinations.get(name);
    if (!destination) {
      throw new InputError(
        `canary.webhooks has no entry "${name}"; it has ${
          names.join(', ') || 'none'
        }`,
      );
    }
    try {
      const response = await options.fetch(destination.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'idempotency-key': idempotencyKey,
          ...destination.headers,
        },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.any([signal, AbortSignal.timeout(ANSWER_MS)]),
      });
      await response.body?.cancel();
      return { status: response.status };
    } catch {
      signal.throwIfAborted();
      // The cause may carry the address, and an address may carry a secret.
      throw new Error(`The webhook ${name} did not answer.`);
    }
  };
  return { names, send };
}
