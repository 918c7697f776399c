/**
 * The stable workload and its canary: what they look like, what a start would
 * meet, and how they are brought to a committed desired state.
 *
 * The user's own Deployment is the stable one. Before promotion it is never
 * written to; the canary is a Deployment and a Service of our own beside it.
 */
export {
  applyCanary,
  applyHpa,
  applyStable,
  applyWorkload,
} from './apply/applyWorkload';
export { observeWorkload } from './observe/observeWorkload';
export type { WorkloadObservation } from './observe/observeWorkload';
export { lockSeen } from './apply/ensureLock';
export { removeLate } from './apply/removeLate';
export { planScale } from './apply/planScale';
export { readCloneProblems } from './preflight/readCloneProblems';
export { readStart } from './preflight/readStart';
export type { WorkloadStart } from './preflight/readStart';
export { readLate } from './observe/readLate';
export { readWorkload, readWorkloadPods } from './observe/readWorkload';
