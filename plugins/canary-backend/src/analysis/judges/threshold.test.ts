import { testJudge } from 'backstage-plugin-canary-node/testUtils';
import { threshold } from './threshold';

const look = { canary: 0.9, stable: 0.5, canarySample: 200, unit: 'percent' };

testJudge('threshold as a judge', {
  judge: threshold,
  cases: [
    { name: 'below max', params: { max: 1 }, input: look, verdict: 'Pass' },
    { name: 'at max', params: { max: 0.9 }, input: look, verdict: 'Pass' },
    { name: 'above max', params: { max: 0.8 }, input: look, verdict: 'Fail' },
    { name: 'below min', params: { min: 1 }, input: look, verdict: 'Fail' },
    {
      name: 'between',
      params: { min: 0, max: 1 },
      input: look,
      verdict: 'Pass',
    },
    {
      name: 'a success that holds',
      params: { success: 'canary <= stable * 2' },
      input: look,
      verdict: 'Pass',
    },
    {
      name: 'a success that does not',
      params: { success: 'canary <= stable' },
      input: look,
      verdict: 'Fail',
    },
    {
      name: 'a failure that holds',
      params: { failure: 'canary > 0.5' },
      input: look,
      verdict: 'Fail',
    },
    {
      name: 'a failure that does not',
      params: { failure: 'canary > 5' },
      input: look,
      verdict: 'Pass',
    },
    {
      name: 'neither success nor failure',
      params: { success: 'canary < 0.5', failure: 'canary > 1' },
      input: look,
      verdict: 'Inconclusive',
    },
    {
      name: 'both success and failure',
      params: { success: 'canary < 1', failure: 'sample > 100 && canary > 0' },
      input: look,
      verdict: 'Fail',
    },
    {
      name: 'a bound that is broken under a success that holds',
      params: { max: 0.5, success: 'canary < 1' },
      input: look,
      verdict: 'Fail',
    },
    {
      name: 'a division by a stable of zero',
      params: { failure: 'canary / stable > 2' },
      input: { ...look, stable: 0 },
      verdict: 'Inconclusive',
    },
    {
      name: 'a sample that nobody counted',
      params: { success: 'canary < 1 && sample > 10' },
      input: { canary: 0.9, unit: 'percent' },
      verdict: 'Inconclusive',
    },
  ],
  refused: [
    { name: 'no bound at all', params: {} },
    { name: 'a bound as text', params: { max: '1' } },
    { name: 'an infinite bound', params: { max: Infinity } },
    { name: 'bounds that nothing satisfies', params: { min: 2, max: 1 } },
    { name: 'a misspelled bound', params: { maximum: 1 } },
    { name: 'a condition without an answer', params: { success: 'canary' } },
    { name: 'a condition that passes everything', params: { success: 'true' } },
    { name: 'a broken condition', params: { failure: 'canary >' } },
  ],
});

describe('threshold', () => {
  it.each([
    [{ max: 1 }, '0.9 % is at most 1 %', { max: 1 }],
    [{ max: 0.5 }, '0.9 % is above the limit of 0.5 %', { max: 0.5 }],
    [{ min: 1 }, '0.9 % is below the limit of 1 %', { min: 1 }],
    [
      { success: 'canary < stable' },
      'success: canary < stable is false with canary 0.9 %, stable 0.5 %, sample 200',
      undefined,
    ],
  ])('explains %j', (params, rule, bounds) => {
    const result = threshold.judge({ ...look, params });
    expect(result.rule).toBe(rule);
    expect(result.threshold).toEqual(bounds);
  });

  it.each([
    [{ max: 1 }, false],
    [{ max: 1, success: 'canary < 2' }, false],
    [{ success: 'canary < stable' }, true],
    [{ failure: 'canary > 1 && stable < 1' }, true],
  ])('of %j needs the stable: %s', (params, want) => {
    expect(threshold.needsStable(params)).toBe(want);
  });
});
