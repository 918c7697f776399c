/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { OpenReplicas } from '../replicas';
import { OwningStore, testOwners } from './testOwners';
import { testReplicas } from './testReplicas';

/** What being a `LeaseStore` and a `ReplicaStore` means. */
export function testLeaseStore(open: OpenReplicas<OwningStore>): void {
  describe('a replica', () => {
    testReplicas(open);
  });
  describe('an owner', () => {
    testOwners(open);
  });
}
