/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { CanaryStore } from '../../../ports/CanaryStore';
import { OpenReplicas } from '../replicas';
import { testCommits } from './testCommits';
import { testLists } from './testLists';
import { testStarts } from './testStarts';
import { testWorkloads } from './testWorkloads';

/** What being a `RolloutStore` means; a commit writes to every other port's tables too. */
export function testRolloutStore(open: OpenReplicas<CanaryStore>): void {
  describe('a start', () => {
    testStarts(open);
  });
  describe('a commit', () => {
    testCommits(open);
  });
  describe('a list', () => {
    testLists(open);
  });
  describe('the rollouts of a workload', () => {
    testWorkloads(open);
  });
}
