import { compileCondition } from './condition';

function evaluate(text: string, facts: Record<string, number>) {
  const compiled = compileCondition(text);
  if ('problem' in compiled) throw new Error(compiled.problem);
  return compiled.evaluate({ canary: 1, ...facts });
}

describe('compileCondition', () => {
  it.each([
    ['canary < 2', { canary: 1 }, true],
    ['canary <= 1.5 && sample >= 100', { canary: 1.5, sample: 100 }, true],
    ['canary <= stable * 2', { canary: 3, stable: 1 }, false],
    ['2 * stable >= canary', { canary: 2, stable: 1 }, true],
    ['canary - stable < 0.5', { canary: 1, stable: 0.6 }, true],
    ['canary / stable < 1.2 || canary < 0.1', { canary: 0, stable: 1 }, true],
    ['canary == 0.0', { canary: 0 }, true],
    ['canary != stable', { canary: 0, stable: 1 }, true],
    ['2 * (stable + 1) >= canary', { canary: 2, stable: 1 }, true],
    ['-canary < 0', { canary: 1 }, true],
    ['canary == 0', { canary: 0 }, true],
    ['stable > 0 && canary / stable < 2', { canary: 1, stable: 0 }, false],
  ])('answers %s with %j by %s', (text, facts, want) => {
    expect(evaluate(text, facts)).toBe(want);
  });

  it.each([
    ['a division by zero', 'canary / stable < 2', { stable: 0 }],
    ['a negated 0 / 0', '!(canary / stable > 2)', { canary: 0, stable: 0 }],
    ['an overflow', 'canary * 1e308 * 1e308 > 1', { canary: 10 }],
    ['an unknown number', 'canary < sample', {}],
  ])('gives no answer for %s', (_, text, facts) => {
    expect(evaluate(text, facts)).toEqual({ problem: expect.any(String) });
  });

  it.each([
    ['a syntax error', 'canary <', 'Unexpected token'],
    ['an unknown name', 'canry < 1', 'Unknown variable: canry'],
    ['a number', 'canary * 2', 'compare it with something'],
    ['a constant', 'true', 'does not look at canary'],
    ['a look at the stable alone', 'stable < 2', 'does not look at canary'],
    ['too much text', Array(300).fill('canary < 1').join(' && '), 'wrong'],
    ['a comparison with text', 'canary < "1"', 'wrong'],
  ])('refuses %s', (_, text, reason) => {
    expect(compileCondition(text)).toEqual({
      problem: expect.stringContaining(reason),
    });
  });
});
