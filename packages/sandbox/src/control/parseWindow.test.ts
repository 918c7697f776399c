import { parseWindow } from './parseWindow';

it.each([
  ['10s', 10_000],
  ['500ms', 500],
  ['2m', 120_000],
  ['1h', 3_600_000],
  ['10', undefined],
  ['', undefined],
  ['-1s', undefined],
  ['1s2m', undefined],
])('reads the window %p as %p ms', (text, want) => {
  expect(parseWindow(text)).toBe(want);
});
