import { seededRandom } from '../testing/random';
import { simulateRollout, Traffic } from '../testing/simulateRollout';
import { learnDispersion } from './learnDispersion';

const errors = { requests: 6000, rates: () => [0.01] };

function windowsOf(traffic: Traffic, seed = 1) {
  return [...simulateRollout(traffic, seededRandom(seed))];
}

describe('learnDispersion', () => {
  it('finds nothing more in requests that are independent', () => {
    expect(learnDispersion(windowsOf(errors))!.value).toBeLessThan(1.5);
  });

  it('finds how much bursts add: E[c²]/E[c] of geometric ones of mean 3 is 5', () => {
    const windows = [1, 2, 3, 4, 5, 6].flatMap(seed =>
      windowsOf({ ...errors, burst: 3 }, seed),
    );
    const { value } = learnDispersion(windows)!;
    expect(value).toBeGreaterThan(4);
    expect(value).toBeLessThan(6);
  });

  it('takes the bound of a histogram that varies most', () => {
    const steady = windowsOf(errors);
    const bursty = windowsOf({ ...errors, burst: 3 }, 2);
    const both = steady.map(({ canary, stable }, look) => {
      const other = bursty[look];
      const arm = (one = canary!, two = other.canary!) => ({
        requests: one.requests,
        events: [one.events[0] + two.events[0], two.events[0]],
      });
      return {
        bounds: [10, 100],
        canary: arm(),
        stable: arm(stable!, other.stable!),
      };
    });
    const slowOnly = learnDispersion(bursty)!.value;
    expect(learnDispersion(both)!.value).toBeGreaterThan(0.7 * slowOnly);
  });

  it('leaves out windows that cannot be compared', () => {
    const windows = windowsOf(errors);
    const broken = windows.map(counts => ({ ...counts, interrupted: true }));
    expect(learnDispersion([...windows, ...broken])).toEqual(
      learnDispersion(windows),
    );
  });

  it.each([
    ['no window', []],
    ['too few', windowsOf(errors).slice(0, 9)],
    ['no event', windowsOf({ ...errors, rates: () => [0] })],
  ])('knows nothing of %s', (_, windows) => {
    expect(learnDispersion(windows)).toBeUndefined();
  });
});
