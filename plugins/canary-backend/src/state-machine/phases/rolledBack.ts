import { Change } from '../draft';

/** An end: it never changes, whatever is seen. */
export function rolledBack(change: Change): Change {
  return change;
}
