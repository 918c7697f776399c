/**
 * Engines carry rollouts out, each over workloads of its own kind. What they
 * promise is `Engine` of the room `rollout`; the controller, the service and
 * everybody who shows a rollout know no more of them than that.
 */
export { createEphemeralCanary } from './ephemeral-canary/createEphemeralCanary';
export { tryOut } from './ephemeral-canary/rehearsal/tryOut';
export type { TriedOut } from './ephemeral-canary/rehearsal/tryOut';
export { readWebhooks } from './ephemeral-canary/readWebhooks';
export type { Webhooks } from './ephemeral-canary/readWebhooks';
