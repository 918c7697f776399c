/** A plan's name, or `./canary.yaml` read beside the entity's own file. @public */
export const CANARY_PLAN_ANNOTATION = 'canary/plan';

/** `deployment/<name>`, where the Kubernetes annotations leave several workloads. @public */
export const CANARY_WORKLOAD_ANNOTATION = 'canary/workload';

/** Name of the cluster, where `backstage.io/kubernetes-cluster` cannot say it. @public */
export const CANARY_CLUSTER_ANNOTATION = 'canary/cluster';

/** Name of the browser signal channel; messages carry `{ entityRef, rolloutId, version }`. @public */
export const CANARY_SIGNAL_CHANNEL = 'canary';
