/**
 * Clusters from configuration, and the requests to them. The only room that
 * knows the Kubernetes client library.
 */
export { connectCluster } from './connectCluster';
export type { ClusterAccess } from './connectCluster';
export { findCluster } from './findCluster';
export { mergeSuppliers } from './mergeSuppliers';
export { readClusters } from './readClusters';
