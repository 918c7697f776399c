import { jStat } from 'jstat';

/** The standard normal distribution's quantile of `p` in (0, 1). */
export function normalQuantile(p: number): number {
  return jStat.normal.inv(p, 0, 1);
}
