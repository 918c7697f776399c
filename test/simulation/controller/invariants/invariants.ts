import { decisions } from './decisions';
import { exposure } from './exposure';
import { Invariant } from './Invariant';
import { liveness } from './liveness';
import { writes } from './writes';

/** The rules that hold always and the settled semantics of the design, as far as a whole portal shows them. */
export const INVARIANTS: readonly Invariant[] = [
  ...exposure,
  ...decisions,
  ...writes,
  ...liveness,
];
