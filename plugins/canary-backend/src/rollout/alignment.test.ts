import { openRun, moveWindow } from './analysisRun';
import { alignDown, alignUp } from './alignment';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;

describe('the instants at which rollouts measure together', () => {
  it.each([
    ['10 minutes', 10 * MINUTE, MINUTE],
    ['a minute', MINUTE, 5 * SECOND],
    ['45 seconds', 45 * SECOND, SECOND],
    ['10 seconds', 10 * SECOND, SECOND],
    ['2 seconds', 2 * SECOND, 100],
    ['5 ms', 5, 1],
  ])('of an interval of %s are no further apart', (_, interval, apart) => {
    expect(alignUp(1, interval)).toBe(apart);
    expect(alignUp(apart, interval)).toBe(apart);
    expect(alignDown(2 * apart - 1, interval)).toBe(apart);
    expect(apart).toBeLessThanOrEqual(Math.max(1, interval / 10));
  });

  it('are few enough that a thousand rollouts share a dozen windows', () => {
    const due = Array.from(
      { length: 1000 },
      (__, index) =>
        openRun({
          scope: 'background',
          metrics: ['errors'],
          startedAt: index * 61,
          windowFrom: index * 61,
          weight: 5,
          intervalMs: MINUTE,
          windowMs: MINUTE,
        }).metrics[0].dueAt,
    );
    expect(new Set(due.map(at => at % MINUTE)).size).toBe(12);
    // Nobody waits longer than a tenth of the interval for it.
    due.forEach((at, index) => {
      expect(at - (index * 61 + MINUTE)).toBeGreaterThanOrEqual(0);
      expect(at - (index * 61 + MINUTE)).toBeLessThanOrEqual(MINUTE / 10);
    });
  });
});

describe('a run that begins between two of them', () => {
  const run = openRun({
    scope: 'step-1',
    metrics: ['errors'],
    startedAt: 1_234,
    windowFrom: 1_234,
    weight: 5,
    intervalMs: MINUTE,
    windowMs: MINUTE,
    endsAt: 1_234 + 5 * MINUTE,
  });

  it('begins at the next one and lasts as long', () => {
    expect(run).toMatchObject({
      windowFrom: 5_000,
      endsAt: 5_000 + 5 * MINUTE,
      startedAt: 1_234,
    });
    expect(run.metrics[0].dueAt).toBe(5_000 + MINUTE);
  });

  it('moves its window to one of them', () => {
    const moved = moveWindow(run, 71_234, 20);
    expect(moved.windowFrom).toBe(75_000);
    expect(moved.metrics[0].dueAt).toBe(135_000);
    expect(moved.endsAt).toBe(run.endsAt);
  });
});
