export { reseedCluster, seedCluster } from './seedCluster';
export { shopServices } from './shopObjects';
