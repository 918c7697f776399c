/**
 * What the author of a canary module implements: routers, metric providers,
 * judges, steps and clusters, each with its extension point.
 *
 * @packageDocumentation
 */
export * from './canaryServiceRef';
export * from './clock';
export * from './cluster';
export * from './clusterMarks';
export * from './duration';
export * from './judge';
export * from './kubernetesObject';
export * from './metricProvider';
export * from './step';
export * from './trafficRouter';
