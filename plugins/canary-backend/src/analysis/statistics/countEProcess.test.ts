import fc from 'fast-check';
import { advanceScores, logEValue, NO_SCORES, RATIOS } from './countEProcess';

/** `ln C(n, k)`. */
function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}

/** The chance of x events of the canary among e, with an odds ratio of `odds`. */
function hypergeometric(n: number, m: number, e: number, odds: number) {
  const least = Math.max(0, e - m);
  const most = Math.min(e, n);
  const logs = Array.from({ length: most - least + 1 }, (_, index) => {
    const x = least + index;
    return logChoose(n, x) + logChoose(m, e - x) + x * Math.log(odds);
  });
  const largest = Math.max(...logs);
  const weights = logs.map(log => Math.exp(log - largest));
  const total = weights.reduce((sum, one) => sum + one, 0);
  return weights.map((one, index) => [least + index, one / total] as const);
}

describe('the count e-process', () => {
  it('is worth at most 1 on average under the margin, whatever was counted', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.constantFrom(1, 1.1, 2),
        (n, m, share, margin) => {
          const e = Math.round(share * (n + m));
          const chances = hypergeometric(n, m, e, margin);
          for (let j = 0; j < RATIOS.length; j++) {
            const mean = chances.reduce((sum, [x, chance]) => {
              const scores = advanceScores(
                NO_SCORES,
                {
                  canaryEvents: x,
                  canaryRequests: n,
                  stableEvents: e - x,
                  stableRequests: m,
                },
                margin,
              );
              return sum + chance * Math.exp(scores[j]);
            }, 0);
            expect(mean).toBeLessThanOrEqual(1 + 1e-12);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  it('begins at 1 and is 1 for ever without events', () => {
    const quiet = {
      canaryEvents: 0,
      canaryRequests: 300,
      stableEvents: 0,
      stableRequests: 5700,
    };
    expect(logEValue(NO_SCORES, 1)).toBe(0);
    expect(logEValue(advanceScores(NO_SCORES, quiet, 1), 1)).toBe(0);
  });

  it.each([
    ['canary', { canaryRequests: 0, stableRequests: 900, stableEvents: 30 }],
    ['stable', { canaryRequests: 900, canaryEvents: 30, stableRequests: 0 }],
  ])('learns nothing from a window without the %s', (_, counted) => {
    const stratum = { canaryEvents: 0, stableEvents: 0, ...counted };
    expect(advanceScores(NO_SCORES, stratum, 1.5)).toBe(NO_SCORES);
  });

  it('doubts more slowly when counts are known to come in bursts', () => {
    const scores = advanceScores(
      NO_SCORES,
      {
        canaryEvents: 20,
        canaryRequests: 300,
        stableEvents: 60,
        stableRequests: 5700,
      },
      1,
    );
    expect(logEValue(scores, 5)).toBeLessThan(logEValue(scores, 1));
  });

  it('stays a number on a million events', () => {
    const scores = advanceScores(
      NO_SCORES,
      {
        canaryEvents: 1e6,
        canaryRequests: 1e6,
        stableEvents: 0,
        stableRequests: 1e9,
      },
      1,
    );
    expect(Number.isFinite(logEValue(scores, 1))).toBe(true);
  });
});
