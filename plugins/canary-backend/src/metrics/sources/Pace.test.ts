import { SimulatedClock } from '../../clock/testing/SimulatedClock';
import { Pace } from './Pace';

const NOW = Date.parse('2026-01-01T00:00:00Z');

function pace(random = 0.5) {
  const clock = new SimulatedClock(NOW);
  return { clock, pace: new Pace({ random: () => random, clock }) };
}

function answered(status: number, headers: Record<string, string> = {}) {
  return { status, headers: new Headers(headers) };
}

describe('Pace', () => {
  it.each([
    ['takes an answer as it is', answered(200), 0, undefined],
    ['takes a refusal as it is', answered(400), 0, undefined],
    ['takes a breakdown as it is', answered(500), 0, undefined],
    ['repeats what is too busy', answered(503), 0, 100],
    ['waits longer the second time', answered(503), 1, 200],
    ['gives up after the second repetition', answered(503), 2, undefined],
    [
      'waits as long as it is told',
      answered(503, { 'retry-after': '3' }),
      0,
      3000,
    ],
    [
      'waits until the date that it is told',
      answered(429, { 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }),
      0,
      7000,
    ],
    [
      'waits until the limit is reset',
      answered(429, { 'x-ratelimit-reset': '4' }),
      0,
      4000,
    ],
    [
      'ignores what is no time',
      answered(429, { 'retry-after': 'soon' }),
      0,
      100,
    ],
    [
      'waits for five minutes at most',
      answered(429, { 'retry-after': '99999999' }),
      0,
      300_000,
    ],
    ['never waits into the past', answered(429, { 'retry-after': '-5' }), 0, 0],
  ])('%s', (_, answer, attempt, want) => {
    expect(pace().pace.pauseAfter(answer, attempt)).toBe(want);
  });

  it('spreads repetitions over the whole pause', () => {
    expect(pace(0).pace.pauseAfter(answered(503), 0)).toBe(0);
    expect(pace(0.99).pace.pauseAfter(answered(503), 0)).toBe(198);
  });

  it('leaves a server alone for every question until its limit ends', async () => {
    const { clock, pace: one } = pace();
    expect(one.restMs()).toBe(0);
    one.pauseAfter(answered(429, { 'retry-after': '10' }), 2);
    expect(one.restMs()).toBe(10_000);
    await clock.advance(10_000);
    expect(one.restMs()).toBe(0);
  });
});
