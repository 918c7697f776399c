import { durationMs, formatDuration, parseDuration } from './duration';

describe('parseDuration', () => {
  it.each([
    ['500ms', 500],
    ['30s', 30_000],
    ['10m', 600_000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['1m500ms', 60_500],
    ['0s', 0],
  ])('reads %s as %d ms', (text, want) => {
    expect(parseDuration(text)).toBe(want);
  });

  it.each([
    '',
    '30',
    's',
    '-5s',
    '1.5h',
    '30s1m',
    '1m1m',
    ' 5s',
    '5 s',
    'PT5M',
  ])('does not guess what "%s" means', text => {
    expect(parseDuration(text)).toBeUndefined();
  });
});

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [5_400_000, '1h30m'],
    [60_500, '1m500ms'],
  ])('writes %d ms as %s, which reads back', (ms, want) => {
    expect(formatDuration(ms)).toBe(want);
    expect(parseDuration(want)).toBe(ms);
  });
});

describe('durationMs', () => {
  it('gives milliseconds', () => {
    expect(durationMs.parse('1m')).toBe(60_000);
  });

  it('says how to write a duration', () => {
    expect(() => durationMs.parse('soon')).toThrow(
      /soon.* is not a duration; write it like 30s, 10m or 1h30m/,
    );
  });
});
