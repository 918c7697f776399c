import { percentile } from './percentile';

/**
 * For each value whether it lies outside of Tukey's fences, `factor` times the
 * interquartile range beyond the quartiles. `reduceSensitivity` moves them out
 * to the 1st and 99th percentile at least, as Kayenta's judge does.
 */
export function outliers(
  values: readonly number[],
  factor: number,
  reduceSensitivity: boolean,
): readonly boolean[] {
  const [first, third] = [percentile(values, 25), percentile(values, 75)];
  const range = third - first;
  const lower = first - factor * range;
  const upper = third + factor * range;
  const low = reduceSensitivity
    ? Math.min(percentile(values, 1), lower)
    : lower;
  const high = reduceSensitivity
    ? Math.max(percentile(values, 99), upper)
    : upper;
  return values.map(value => value < low || value > high);
}
