import { matchPods, PodPatternError } from './matchPods';

const names = ['checkout-7c9-a', 'checkout-canary-5f2-b', 'xcheckout-7c9-a'];

describe('matchPods', () => {
  it.each([
    ['checkout-7c9-.*', ['checkout-7c9-a']],
    ['^checkout-7c9-[a-z0-9]+$', ['checkout-7c9-a']],
    ['checkout', []],
    ['checkout-7c9-a|checkout-canary-5f2-b', names.slice(0, 2)],
    ['.*', names],
  ])('matches %p from end to end', (pattern, want) => {
    expect(matchPods(pattern, names)).toEqual(want);
  });

  it.each([
    ['a broken pattern', '('],
    ['a pattern that is too long', 'a'.repeat(1025)],
    ['a pattern that never ends', '(a+)+b'],
  ])('refuses %s', (_what, pattern) => {
    expect(() => matchPods(pattern, ['a'.repeat(60)])).toThrow(PodPatternError);
  });
});
