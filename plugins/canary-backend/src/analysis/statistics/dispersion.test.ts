import { WindowCounts } from 'backstage-plugin-canary-common';
import { seededRandom } from '../testing/random';
import { simulateRollout, Traffic } from '../testing/simulateRollout';
import { strataOf } from '../runs/windowCounts';
import { estimateDispersion } from './dispersion';

/** Strata of so many A/A rollouts of sixty windows. */
function history(traffic: Partial<Traffic>, rollouts = 20, seed = 7) {
  const random = seededRandom(seed);
  const whole = { requests: 6000, rates: () => [0.01], ...traffic };
  return Array.from({ length: rollouts }, () => [
    ...simulateRollout(whole, random),
  ]).flatMap((windows: WindowCounts[]) => windows.flatMap(strataOf));
}

describe('estimateDispersion', () => {
  it.each([
    ['independent requests', {}, 0.95, 1.1],
    ['independent rare events', { rates: () => [0.0005] }, 0.95, 1.1],
    // Geometric bursts of mean 3: 15 / 3.
    ['bursts, as mean square over mean of the bursts', { burst: 3 }, 4.5, 5.5],
    // Rare ones come out a little low: windows without a burst weigh less.
    ['rare bursts', { burst: 3, rates: () => [0.002] }, 4, 5.5],
    // 1.5: E[c²] = 3, E[c] = 1.5.
    ['small bursts', { burst: 1.5 }, 1.8, 2.2],
  ])('finds that of %s', (_, traffic, least, most) => {
    const { value, windows } = estimateDispersion(history(traffic))!;
    expect(value).toBeGreaterThanOrEqual(least);
    expect(value).toBeLessThan(most);
    expect(windows).toBeLessThanOrEqual(1200);
  });

  it('has an upper end that is above the truth in nine of ten histories', () => {
    const above = Array.from({ length: 100 }, (_, seed) =>
      estimateDispersion(history({ burst: 3 }, 1, seed)),
    ).filter(found => found!.upper >= 5);
    expect(above.length).toBeGreaterThanOrEqual(90);
    expect(above.length).toBeLessThan(100);
  });

  it('is never below 1, which would be luck, and grows sure with windows', () => {
    const few = estimateDispersion(history({}, 1))!;
    const many = estimateDispersion(history({}))!;
    expect(few.value).toBeGreaterThanOrEqual(1);
    expect(many.upper).toBeLessThan(few.upper);
    expect(many.upper).toBeGreaterThanOrEqual(many.value);
    // Every window has the same share: less variation than chance allows.
    const even = Array.from({ length: 30 }, () => ({
      canaryEvents: 50,
      canaryRequests: 1000,
      stableEvents: 50,
      stableRequests: 1000,
    }));
    expect(estimateDispersion(even)).toEqual({
      value: 1,
      upper: 1,
      windows: 30,
    });
  });

  it('says nothing on a few windows, nor on few events, nor without any', () => {
    expect(estimateDispersion(history({}).slice(0, 20))).toBeUndefined();
    expect(
      estimateDispersion(history({ rates: () => [0.00002] }, 1)),
    ).toBeUndefined();
    const quiet = history({}).map(one => ({
      ...one,
      canaryEvents: 0,
      stableEvents: 0,
    }));
    expect(estimateDispersion(quiet)).toBeUndefined();
    expect(estimateDispersion([])).toBeUndefined();
  });

  it('says nothing of windows that lack an arm', () => {
    const lacking = history({}).map(one => ({ ...one, canaryRequests: 0 }));
    expect(estimateDispersion(lacking)).toBeUndefined();
  });
});
