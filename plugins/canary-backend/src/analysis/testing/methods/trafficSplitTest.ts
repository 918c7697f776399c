import { jStat } from 'jstat';

/**
 * The sequential test of a traffic split by Dirichlet-multinomial mixtures
 * (Lindon & Malek 2022; `ssrm`): log marginals under the mixture and under the
 * null after every batch.
 */
export function trafficSplitTest(
  batches: readonly (readonly number[])[],
  split: readonly number[],
  prior: readonly number[],
) {
  let posterior = prior;
  let [mixture, fixed] = [0, 0];
  return batches.map(batch => {
    const before = posterior;
    const after = before.map((one, index) => one + batch[index]);
    const choices =
      jStat.gammaln(total(batch) + 1) -
      batch.reduce((sum, one) => sum + jStat.gammaln(one + 1), 0);
    mixture += choices + logBeta(after) - logBeta(before);
    fixed +=
      choices +
      batch.reduce((sum, one, i) => sum + one * Math.log(split[i]), 0);
    posterior = after;
    return { mixture, fixed, logE: mixture - fixed };
  });
}

/** The logarithm of the multivariate beta function. */
function logBeta(alpha: readonly number[]): number {
  return (
    alpha.reduce((sum, one) => sum + jStat.gammaln(one), 0) -
    jStat.gammaln(total(alpha))
  );
}

function total(values: readonly number[]): number {
  return values.reduce((sum, one) => sum + one, 0);
}
