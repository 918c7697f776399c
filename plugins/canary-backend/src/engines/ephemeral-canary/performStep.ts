import { JsonObject } from 'backstage-plugin-canary-common';
import { Observation, RolloutState } from '../../rollout';
import { awaitsPerform, MachineContext } from '../../state-machine';

/** Sends to a destination that `canary.webhooks` names. */
export type Send = (
  destination: string,
  body: JsonObject,
  options: { readonly idempotencyKey: string; readonly signal: AbortSignal },
) => Promise<{ status: number }>;

/**
 * Runs the current step's own I/O where it is due: the step stands by a
 * committed decision and has no result yet. A failure is a value; the machine
 * says what it means.
 */
export async function performStep(
  rollout: RolloutState,
  context: MachineContext,
  send: Send,
  signal: AbortSignal,
): Promise<Observation['performed']> {
  const { id, entityRef, version, step, plan } = rollout;
  const idempotencyKey = `${id}/${step.index}`;
  try {
    // Asking for a step whose module was uninstalled meanwhile throws as well.
    if (!awaitsPerform(rollout, context)) return undefined;
    const { kind, params } = plan.steps[step.index];
    const { perform } = context.step(kind);
    if (!perform) return undefined;
    const value = await perform(params, {
      rollout: { id, entityRef, version },
      idempotencyKey,
      send: (destination, body) =>
        send(destination, body, { idempotencyKey, signal }),
      signal,
    });
    return { value };
  } catch (error) {
    signal.throwIfAborted();
    return { error: (error as Error).message };
  }
}
