/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { LeaseStore } from '../../../ports/LeaseStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { OpenReplicas } from '../replicas';
import { testClaims } from './testClaims';
import { testRenewals } from './testRenewals';

/** What being a `LeaseStore` means. */
export function testLeaseStore(
  open: OpenReplicas<RolloutStore & LeaseStore>,
): void {
  describe('a claim', () => {
    testClaims(open);
  });
  describe('a lease', () => {
    testRenewals(open);
  });
}
