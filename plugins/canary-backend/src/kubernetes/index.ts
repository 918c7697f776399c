/**
 * Clusters from configuration, and the requests to them. The only room that
 * knows the Kubernetes client library.
 *
 * What is true of any object (`objects/`) is pure, and stands here for all who
 * read or write some: how they are named, what they select, and the fence that
 * keeps a stalled owner out.
 */
export { connectCluster } from './client/connectCluster';
export type { ClusterAccess } from './client/connectCluster';
export { findCluster } from './clusters/findCluster';
export { mergeSuppliers } from './clusters/mergeSuppliers';
export { readClusters } from './clusters/readClusters';
export { guardWrites } from './guardWrites';
export { PaperCluster } from './PaperCluster';
export type { ClusterRequest } from './PaperCluster';
export { readApart } from './readApart';
export type { ReadApart } from './readApart';
