import { Change } from '../change';

/** An end: it never changes, whatever is seen. */
export function rolledBack(change: Change): Change {
  return change;
}
