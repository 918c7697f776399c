import { jStat } from 'jstat';

/** A number in (0, 1); the same seed gives the same numbers (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = Math.trunc(seed);
  /* eslint-disable no-bitwise */
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 2 ** 32;
  };
  /* eslint-enable no-bitwise */
}

/** A Poisson number; above 10 by Hörmann's transformed rejection (PTRS, 1993). */
export function poisson(mean: number, random: () => number): number {
  if (mean < 10) {
    const limit = Math.exp(-mean);
    let count = -1;
    for (let product = 1; product > limit; count++) product *= random();
    return count;
  }
  const b = 0.931 + 2.53 * Math.sqrt(mean);
  const a = -0.059 + 0.02483 * b;
  const inverse = 1.1239 + 1.1328 / (b - 3.4);
  const sure = 0.9277 - 3.6224 / (b - 2);
  for (;;) {
    const u = random() - 0.5;
    const v = random();
    const us = 0.5 - Math.abs(u);
    const count = Math.floor(((2 * a) / us + b) * u + mean + 0.43);
    if (us >= 0.07 && v <= sure) return count;
    const hopeless = count < 0 || (us < 0.013 && v > us);
    const height = Math.log((v * inverse) / (a / us ** 2 + b));
    if (
      !hopeless &&
      height <= count * Math.log(mean) - mean - jStat.gammaln(count + 1)
    ) {
      return count;
    }
  }
}

/** How many events a burst of this mean has: geometric, at least one. */
export function burstSize(mean: number, random: () => number): number {
  return 1 + Math.floor(Math.log(random()) / Math.log(1 - 1 / mean));
}
