import { timeToDetect, Watch } from './timeToDetect';

const MINUTE = 60_000;

/** The rollouts of the simulations: sixty looks of a minute, 6,000 requests each. */
const watch: Watch = {
  segments: [5, 10, 20, 30, 50].map(weight => ({
    weight,
    durationMs: 12 * MINUTE,
  })),
  intervalMs: MINUTE,
  requestsPerSecond: 100,
  rate: 0.01,
  alpha: 0.05,
  phi: 1,
  r0: 1,
  parts: 1,
};

describe('timeToDetect', () => {
  it.each([
    ['five times 0.1 %', { rate: 0.001 }, 5, 4],
    ['twice 0.1 %', { rate: 0.001 }, 2, 24],
    ['half as much again of 1 %', {}, 1.5, 13],
    ['the same above a margin of a tenth', { r0: 1.1 }, 1.5, 18],
  ])('is near the simulated median for %s', (_, change, ratio, look) => {
    const at = timeToDetect({ ...watch, ...change }, ratio)! / MINUTE;
    expect(Math.abs(at - look)).toBeLessThanOrEqual(2);
  });

  it.each([
    ['less traffic', { requestsPerSecond: 10 }],
    ['bursts', { phi: 5 }],
    ['a smaller false-alarm rate', { alpha: 0.001 }],
    ['more bounds among which one moves', { parts: 11 }],
  ])('is later with %s', (_, change) => {
    const later = timeToDetect({ ...watch, ...change }, 2) ?? Infinity;
    expect(later).toBeGreaterThan(timeToDetect(watch, 2)!);
  });

  it.each([
    ['the plan is too short', { segments: [{ weight: 5, durationMs: 1 }] }, 2],
    ['nobody comes', { requestsPerSecond: 0 }, 2],
    ['nothing ever fails', { rate: 0 }, 5],
    ['nothing is worse', {}, 1],
  ])('is never where %s', (_, change, ratio) => {
    expect(timeToDetect({ ...watch, ...change }, ratio)).toBeUndefined();
  });
});
