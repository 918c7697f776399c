import { testCluster } from 'backstage-plugin-canary-node/testUtils';
import { MemoryCluster } from './MemoryCluster';

testCluster('MemoryCluster', {
  connect: async () => ({ cluster: new MemoryCluster(), namespace: 'shop' }),
});
