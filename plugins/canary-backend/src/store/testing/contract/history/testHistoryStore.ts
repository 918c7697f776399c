/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { HistoryStore } from '../../../ports/HistoryStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { OpenReplicas } from '../replicas';
import { testEvents } from './testEvents';
import { testMeasurements } from './testMeasurements';
import { testWorstMeasurements } from './testWorstMeasurements';

/** What being a `HistoryStore` means. */
export function testHistoryStore(
  open: OpenReplicas<RolloutStore & HistoryStore>,
): void {
  describe('events', () => {
    testEvents(open);
  });
  describe('measurements', () => {
    testMeasurements(open);
  });
  describe('the worst measurements', () => {
    testWorstMeasurements(open);
  });
}
