import fc from 'fast-check';
import { compileCondition } from '../../analysis/condition';
import { translateCondition } from './translateCondition';

describe('translateCondition', () => {
  it.each([
    ['result[0] <= 0.95', 'canary <= 0.95'],
    ['result >= 0.95', 'canary >= 0.95'],
    ['asFloat(result) >= 0.90', 'canary >= 0.9'],
    ['result[0] > 1 && result[0] < 10', 'canary > 1 && canary < 10'],
    ['result[0] < 1 or result[0] > 10', 'canary < 1 || canary > 10'],
    [
      '(result < 1 || result > 10) && result != 5',
      '(canary < 1 || canary > 10) && canary != 5',
    ],
    ['!(result > 1)', '!(canary > 1)'],
    ['not (result > 1)', '!(canary > 1)'],
    ['result > -1', 'canary > -1'],
    ['100 * (1 - result[0]) < 5', '100 * (1 - canary) < 5'],
    ['result[0] * 100 >= 95 + 2', 'canary * 100 >= 97'],
    ['result < 1 / 2', 'canary < 0.5'],
    ['result < 1e-7', 'canary < 0.0000001'],
    ['all(result, {# > 0})', 'canary > 0'],
    ['any(result, # > 0)', 'canary > 0'],
    ['0.95 <= result[0]', '0.95 <= canary'],
    [
      'result > 5 ? result < 10 : result < 1',
      'canary > 5 && canary < 10 || !(canary > 5) && canary < 1',
    ],
  ])('writes %s as %s', (text, cel) => {
    expect(translateCondition(text)).toEqual({ cel });
    expect(compileCondition(cel)).not.toHaveProperty('problem');
  });

  it.each([
    ['len(result) == 0 || result[0] < 1', 'canary < 1'],
    ['len(result) > 0 && result[0] < 1', 'canary < 1'],
    ['len(result) > 0 ? result[0] < 1 : true', 'canary < 1'],
    ['isNaN(result) || result >= 0.95', 'canary >= 0.95'],
    ['isNaN(result[0]) || isInf(result[0]) || result[0] < 2', 'canary < 2'],
    ['default(result, 0) < 0.05', 'canary < 0.05'],
    ['default(result[0], 0) < 0.05', 'canary < 0.05'],
    ['result == nil || result < 3', 'canary < 3'],
    ['(result ?? 0) < 3', 'canary < 3'],
  ])('leaves out of %s what asks for data: %s', (text, cel) => {
    expect(translateCondition(text)).toEqual({ cel, asksForPresence: true });
  });

  it.each([
    ['true', { always: true }],
    ['len(result) > 0', { always: true, asksForPresence: true }],
    ['isNaN(result)', { always: false, asksForPresence: true }],
    ['1 > 2', { always: false }],
  ])('knows the answer of %s', (text, want) => {
    expect(translateCondition(text)).toEqual(want);
  });

  it.each([
    ['result.successPercent >= 0.9', 'successPercent'],
    ['result.data["rate"] >= 0.9', 'data.rate'],
    ['all(result[0].Values, {# <= 0.01})', 'Values'],
  ])('says of %s which part it looks at', (text, member) => {
    expect(translateCondition(text)).toMatchObject({
      cel: expect.any(String),
      member,
    });
  });

  it.each([
    'result',
    'result[1] > 0',
    "result == 'true'",
    'result.a > 1 && result.b > 1',
    'sum(result) > 1',
    'result > 1 |',
    'result in [1, 2]',
    '# > 0',
    'result % 2 == 0',
    'result > 1 / 0',
    '',
    '(',
    'result > ',
    `${'('.repeat(500)}result > 1${')'.repeat(500)}`,
    `${'result > 1 && '.repeat(200)}result > 1`,
    `${'-'.repeat(300)}result > 1`,
  ])('does not guess what %s means', text => {
    expect(translateCondition(text)).toHaveProperty('problem');
  });

  it('writes nothing that our own conditions refuse', () => {
    const words = fc.constantFrom(
      ...'result|result[0]|(|)|!|&&||||<|>=|==|+|-|*|/|0.5|7|1e21|?|:|len(result)|isNaN(result)|default(result, 0)|true|nil|??'
        .split('|')
        .filter(Boolean),
      '||',
    );
    fc.assert(
      fc.property(fc.array(words, { maxLength: 14 }), parts => {
        const translated = translateCondition(parts.join(' '));
        if (!('cel' in translated)) return;
        expect(compileCondition(translated.cel)).not.toHaveProperty('problem');
      }),
      { numRuns: 5_000 },
    );
  });
});
