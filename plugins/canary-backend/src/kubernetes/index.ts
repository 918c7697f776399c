/**
 * Clusters from configuration, and the requests to them. The only room that
 * knows the Kubernetes client library.
 */
export { connectCluster } from './client/connectCluster';
export type { ClusterAccess } from './client/connectCluster';
export { findCluster } from './clusters/findCluster';
export { mergeSuppliers } from './clusters/mergeSuppliers';
export { readClusters } from './clusters/readClusters';
