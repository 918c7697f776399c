import { systemClock } from '../../clock/systemClock';
import { testLeaseStore } from '../../store/testing/contract/leases/testLeaseStore';
import { MemoryRows } from './MemoryRows';

describe('MemoryRows', () => {
  testLeaseStore(async () => {
    const rows = new MemoryRows(systemClock);
    return { first: rows, second: rows, close: async () => {} };
  });
});
