/**
 * How a native histogram of this schema counts these observations, all above
 * zero: requests by the index of their bucket, ascending, the empty ones left
 * out. Bucket `i` ends at and includes 2^(i / 2^schema).
 */
export function observedBuckets(
  observations: readonly number[],
  schema: number,
): readonly (readonly [index: number, count: number])[] {
  const counts = new Map<number, number>();
  for (const seconds of observations) {
    const index = Math.ceil(Math.log2(seconds) * 2 ** schema);
    counts.set(index, (counts.get(index) ?? 0) + 1);
  }
  return [...counts].sort(([one], [other]) => one - other);
}

/** The same as the HTTP API spells it. */
export function nativeAnswer(
  observations: readonly number[],
  schema: number,
): object {
  const boundOf = (index: number) => String(2 ** (index / 2 ** schema));
  return {
    count: String(observations.length),
    sum: String(observations.reduce((sum, one) => sum + one, 0)),
    buckets: observedBuckets(observations, schema).map(([index, count]) => [
      0,
      boundOf(index - 1),
      boundOf(index),
      String(count),
    ]),
  };
}
