/** Every verdict, in merging order: the first one present wins. @public */
export const VERDICTS = [
  'Fail',
  'Error',
  'NoData',
  'Inconclusive',
  'Pass',
] as const;

/**
 * What a judge says of a measurement, or of a metric as a whole.
 *
 * `NoData` is missing, stale, non-finite, insufficient or wrong-version data;
 * `Error` is a provider's failure. Neither is ever a `Pass` or a `Fail`.
 *
 * @public
 */
export type Verdict = (typeof VERDICTS)[number];
