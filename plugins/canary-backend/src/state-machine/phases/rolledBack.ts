import { Draft } from '../draft';

/** An end: it never changes, whatever is seen. */
export function rolledBack(draft: Draft): Draft {
  return draft;
}
