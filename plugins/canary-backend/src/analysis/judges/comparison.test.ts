import { testJudge } from 'backstage-plugin-canary-node/testUtils';
import { comparison } from './comparison';

const ms = (canary: number, stable: number) => ({ canary, stable, unit: 'ms' });

testJudge('comparison as a judge', {
  judge: comparison,
  cases: [
    {
      name: 'a tenth more where a tenth may be',
      params: { maxIncrease: '10%' },
      input: ms(110, 100),
      verdict: 'Pass',
    },
    {
      name: 'a tenth more in fractions',
      params: { maxIncrease: '10%' },
      input: ms(1.1, 1),
      verdict: 'Pass',
    },
    {
      name: 'more than a tenth',
      params: { maxIncrease: '10 %' },
      input: ms(111, 100),
      verdict: 'Fail',
    },
    {
      name: 'a share of a negative value',
      params: { maxIncrease: '10%' },
      input: ms(-89, -100),
      verdict: 'Fail',
    },
    {
      name: 'as much more as may be in the unit',
      params: { maxIncrease: 20 },
      input: ms(120, 100),
      verdict: 'Pass',
    },
    {
      name: 'as much more in fractions',
      params: { maxIncrease: 0.03 },
      input: ms(0.33, 0.3),
      verdict: 'Pass',
    },
    {
      name: 'as much more as the floor in fractions',
      params: { maxIncrease: 0, floor: 0.03 },
      input: ms(0.33, 0.3),
      verdict: 'Pass',
    },
    {
      name: 'more than that',
      params: { maxIncrease: 20 },
      input: ms(121, 100),
      verdict: 'Fail',
    },
    {
      name: 'less, where only more is bad',
      params: { maxIncrease: 0 },
      input: ms(1, 100),
      verdict: 'Pass',
    },
    {
      name: 'more, where only less is bad',
      params: { maxDecrease: 0 },
      input: ms(100, 1),
      verdict: 'Pass',
    },
    {
      name: 'too much less',
      params: { maxIncrease: '10%', maxDecrease: '10%' },
      input: ms(89, 100),
      verdict: 'Fail',
    },
    {
      name: 'twice of next to nothing',
      params: { maxIncrease: '10%', floor: 5 },
      input: ms(4, 2),
      verdict: 'Pass',
    },
    {
      name: 'twice of what counts',
      params: { maxIncrease: '10%', floor: 5 },
      input: ms(16, 8),
      verdict: 'Fail',
    },
    {
      name: 'nothing against nothing',
      params: { maxIncrease: '10%' },
      input: ms(0, 0),
      verdict: 'Pass',
    },
    {
      name: 'something against nothing, by a share',
      params: { maxIncrease: '10%' },
      input: ms(1, 0),
      verdict: 'Inconclusive',
    },
    {
      name: 'something against nothing, by a number',
      params: { maxIncrease: 0 },
      input: ms(1, 0),
      verdict: 'Fail',
    },
  ],
  refused: [
    { name: 'no limit', params: { floor: 1 } },
    { name: 'a negative limit', params: { maxIncrease: -1 } },
    { name: 'a share without its sign', params: { maxIncrease: '10' } },
    { name: 'a negative share', params: { maxIncrease: '-10%' } },
    { name: 'no number', params: { maxIncrease: NaN } },
    { name: 'an unknown key', params: { maxIncrease: 1, max: 1 } },
  ],
});

describe('the rule of a comparison', () => {
  const judge = (params: object, canary: number, stable: number) =>
    comparison.judge({
      params: comparison.params.parse(params),
      ...ms(canary, stable),
    });

  it.each([
    [
      { maxIncrease: '10%' },
      120,
      '120 ms against 100 ms: 20 % more, 10 % may be',
    ],
    [{ maxDecrease: 5 }, 98, '98 ms against 100 ms: 2 ms less, 5 ms may be'],
    [{ maxDecrease: 5 }, 120, '120 ms against 100 ms: more may be'],
    [{ maxIncrease: 5 }, 100, '100 ms against 100 ms: the same'],
    [
      { maxIncrease: '1%', floor: 3 },
      102,
      '102 ms against 100 ms: a difference up to 3 ms is none',
    ],
  ])('%j at %p says what was compared', (params, canary, rule) => {
    expect(judge(params, canary, 100).rule).toBe(rule);
  });

  it('shows the chart where the canary may lie', () => {
    const params = { maxIncrease: '10%', maxDecrease: 5, floor: 20 };
    expect(judge(params, 100, 100).threshold).toEqual({ min: 80, max: 120 });
    expect(judge({ maxIncrease: '10%' }, 100, 200).threshold).toEqual({
      max: 220,
    });
  });
});
