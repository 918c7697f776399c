/**
 * What a judge says of a measurement, or of a metric as a whole.
 *
 * `NoData` is missing, stale, non-finite, insufficient or wrong-version data;
 * `Error` is a provider's failure. Neither is ever a `Pass` or a `Fail`.
 *
 * @public
 */
export type Verdict = 'Pass' | 'Fail' | 'Inconclusive' | 'NoData' | 'Error';

/** Every verdict, in merging order: the first one present wins. @public */
export const VERDICTS: readonly Verdict[] = [
  'Fail',
  'Error',
  'NoData',
  'Inconclusive',
  'Pass',
];
