import { seededRandom } from '../testing/random';
import { simulateRollout } from '../testing/simulateRollout';
import { strataOf } from '../windowCounts';
import { estimateDispersion } from './dispersion';

function history(burst: number) {
  const random = seededRandom(7);
  const traffic = { requests: 6000, rates: () => [0.01], burst };
  return Array.from({ length: 20 }, () => [
    ...simulateRollout(traffic, random),
  ]).flatMap(windows => windows.flatMap(counts => strataOf(counts)));
}

describe('estimateDispersion', () => {
  it('is 1 for independent requests', () => {
    expect(estimateDispersion(history(1))).toBeCloseTo(1, 1);
  });

  it('is the mean square over the mean of the bursts', () => {
    // Geometric bursts of mean 3: 15 / 3.
    const found = estimateDispersion(history(3))!;
    expect(found).toBeGreaterThan(4);
    expect(found).toBeLessThan(6);
  });

  it('says nothing on a few windows, nor without events', () => {
    expect(estimateDispersion(history(1).slice(0, 9))).toBeUndefined();
    const quiet = history(1).map(one => ({
      ...one,
      canaryEvents: 0,
      stableEvents: 0,
    }));
    expect(estimateDispersion(quiet)).toBeUndefined();
  });
});
