import { confidenceSequence } from './confidenceSequence';
import { advanceLikelihood, NO_LIKELIHOOD } from './rateRatioLikelihood';
import { Stratum } from './stratum';

const window = (counts: Partial<Stratum>): Stratum => ({
  canaryEvents: 30,
  canaryRequests: 3000,
  stableEvents: 270,
  stableRequests: 27_000,
  ...counts,
});

function after(...windows: Partial<Stratum>[]) {
  const likelihood = windows
    .map(window)
    .reduce(advanceLikelihood, NO_LIKELIHOOD);
  return confidenceSequence(likelihood, 0.05, 1);
}

describe('the confidence sequence', () => {
  it('contains the ratio and closes in on it', () => {
    const first = after({});
    const tenth = after(...Array(10).fill({}));
    for (const { lower, estimate, upper } of [first, tenth]) {
      expect(lower).toBeLessThan(1);
      expect(estimate).toBeCloseTo(1, 6);
      expect(upper).toBeGreaterThan(1);
    }
    expect(tenth.upper! - tenth.lower!).toBeLessThan(
      (first.upper! - first.lower!) / 2,
    );
  });

  it('is open on both sides before anything happened', () => {
    expect(after()).toEqual({});
    expect(after({ canaryEvents: 0, stableEvents: 0 })).toEqual({});
  });

  it('has no lower end while the canary has no events', () => {
    const { lower, estimate, upper } = after({ canaryEvents: 0 });
    expect([lower, estimate]).toEqual([undefined, undefined]);
    expect(upper).toBeLessThan(0.5);
  });

  it('has no upper end while the stable has no events', () => {
    const { lower, estimate, upper } = after({ stableEvents: 0 });
    expect(lower).toBeGreaterThan(10);
    expect([estimate, upper]).toEqual([undefined, undefined]);
  });

  it('finds the ratio of windows whose pooled rates say the opposite', () => {
    // An incident at a small weight: pooled, the canary has a third of the rate.
    const { estimate } = after(
      { canaryRequests: 300, canaryEvents: 60, stableEvents: 5400 },
      { canaryRequests: 30_000, canaryEvents: 60, stableEvents: 54 },
    );
    expect(estimate).toBeCloseTo(1, 2);
  });

  it('holds its numbers on a hundred million events', () => {
    const { lower, estimate, upper } = after({
      canaryEvents: 5e6,
      canaryRequests: 1e7,
      stableEvents: 45e6,
      stableRequests: 9e7,
    });
    expect(estimate).toBeCloseTo(1, 5);
    expect(upper! - lower!).toBeLessThan(0.01);
  });
});
