/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { CanaryStore } from '../../ports/CanaryStore';
import { testHistoryStore } from './history/testHistoryStore';
import { testLeaseStore } from './leases/testLeaseStore';
import { testOutboxStore } from './outbox/testOutboxStore';
import { OpenReplicas } from './replicas';
import { testReportStore } from './reports/testReportStore';
import { testRolloutStore } from './rollouts/testRolloutStore';

/**
 * What being a `CanaryStore` means, port by port. Time is never waited for: a
 * lease of 0 ms is over at once, and due times lie in 2001 or in 2999.
 */
export function testCanaryStore(open: OpenReplicas<CanaryStore>): void {
  describe('rollouts', () => {
    testRolloutStore(open);
  });
  describe('leases', () => {
    testLeaseStore(open);
  });
  describe('history', () => {
    testHistoryStore(open);
  });
  describe('outbox', () => {
    testOutboxStore(open);
  });
  describe('reports', () => {
    testReportStore(open);
  });
}
