/**
 * The stable workload and its canary: what they look like, what a start would
 * meet, and how they are brought to a committed desired state.
 *
 * The user's own Deployment is the stable one. Before promotion it is never
 * written to; the canary is a Deployment and a Service of our own beside it.
 */
export { applyWorkload } from './applyWorkload';
export { baselineName, canaryName, ROLLOUT_LABEL } from './canaryNames';
export { observeWorkload } from './observeWorkload';
export type { WorkloadObservation } from './observeWorkload';
export { planScale } from './planScale';
export { readCloneProblems } from './readCloneProblems';
export { readStart } from './readStart';
export type { WorkloadStart } from './readStart';
export { readWorkload, readWorkloadPods } from './readWorkload';
