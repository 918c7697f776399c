import { JsonObject, JsonValue } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { MachineContext } from '../../state-machine';

/** Sends to a destination that `canary.webhooks` names. */
export type Send = (
  destination: string,
  body: JsonObject,
  options: {
    readonly idempotencyKey: string;
    readonly signal: AbortSignal;
    /** Longest time for the answer; 10 s by default. */
    readonly timeoutMs?: number;
  },
) => Promise<{ status: number }>;

/** The same for every attempt at a rollout's current step, at whatever replica. */
export function idempotencyKeyOf({ id, step }: RolloutState): string {
  return `${id}/${step.index}`;
}

/** Attempts the current step's own I/O once. */
export async function performStep(
  rollout: RolloutState,
  context: MachineContext,
  send: Send,
  signal: AbortSignal,
): Promise<JsonValue> {
  const { id, entityRef, version, step, plan } = rollout;
  const { kind, params } = plan.steps[step.index];
  const { perform } = context.step(kind);
  if (!perform) throw new Error(`A step ${kind} does nothing by itself`);
  const idempotencyKey = idempotencyKeyOf(rollout);
  return perform(params, {
    rollout: { id, entityRef, version },
    idempotencyKey,
    send: (destination, body, options) =>
      send(destination, body, { ...options, idempotencyKey, signal }),
    signal,
  });
}
