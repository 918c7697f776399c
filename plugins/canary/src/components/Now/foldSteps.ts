/** Up to here a plan is seen whole. */
const MOST_UNFOLDED = 12;
const BEFORE = 2;
const AFTER = 5;

/** Which part of a long list of steps is seen at first: from `from` up to, not including, `to`. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** The neighbourhood of where the rollout is; the whole of a plan that is short. */
export function foldSteps(length: number, at: number): Window {
  if (length <= MOST_UNFOLDED) return { from: 0, to: length };
  const from = Math.max(0, Math.min(at - BEFORE, length - BEFORE - AFTER - 1));
  const to = Math.min(length, Math.max(at, BEFORE) + AFTER + 1);
  // One folded step would cost the line that says so.
  return { from: from < 2 ? 0 : from, to: length - to < 2 ? length : to };
}
