/** The part of jStat that we use; it comes without types. */
declare module 'jstat' {
  export const jStat: {
    readonly normal: {
      inv(p: number, mean: number, standardDeviation: number): number;
      cdf(x: number, mean: number, standardDeviation: number): number;
    };
    readonly chisquare: {
      inv(p: number, degreesOfFreedom: number): number;
    };
    /** Natural logarithm of the gamma function. */
    gammaln(x: number): number;
    /** Regularised incomplete beta function. */
    ibeta(x: number, a: number, b: number): number;
    /** Regularised lower incomplete gamma function. */
    lowRegGamma(a: number, x: number): number;
  };
}
