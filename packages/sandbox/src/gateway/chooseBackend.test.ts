import { seededRandom } from '../testing/seededRandom';
import { chooseBackend } from './chooseBackend';

describe('chooseBackend', () => {
  it.each([
    { weights: [95, 5], share: 0.05 },
    { weights: [9500, 500], share: 0.05 },
    { weights: [75, 25], share: 0.25 },
    { weights: [undefined, 1], share: 0.5 },
    { weights: [1, 0], share: 0 },
    { weights: [0, 1], share: 1 },
  ])('splits by weights $weights', ({ weights, share }) => {
    const random = seededRandom(7);
    const backends = weights.map((weight, index) => ({
      name: index === 1 ? 'canary' : 'stable',
      weight,
    }));
    const count = 10_000;
    const canary = Array.from({ length: count }).filter(
      () => chooseBackend(backends, random)?.name === 'canary',
    ).length;
    // Five standard deviations of the binomial.
    const tolerance = 5 * Math.sqrt(count * share * (1 - share));
    expect(Math.abs(canary - count * share)).toBeLessThanOrEqual(tolerance);
  });

  it.each([[[]], [[0, 0]]])('chooses nothing among weights %p', weights => {
    expect(
      chooseBackend(
        weights.map(weight => ({ name: 'x', weight })),
        () => 0,
      ),
    ).toBeUndefined();
  });
});
