import { JsonObject } from 'backstage-plugin-canary-common';
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
    {
      name: 'a value on its limit while it fails',
      params: { max: 1, recover: { max: 0.8 } },
      input: { ...look, state: { failing: true } },
      verdict: 'Fail',
    },
    {
      name: 'a value on its limit while it does not fail',
      params: { max: 1, recover: { max: 0.8 } },
      input: { ...look, state: { failing: false } },
      verdict: 'Pass',
    },
  ],
  refused: [
    { name: 'nothing but a recovery', params: { recover: { max: 1 } } },
    { name: 'an empty recovery', params: { max: 1, recover: {} } },
    {
      name: 'a recovery above max',
      params: { max: 1, recover: { max: 1.1 } },
    },
    {
      name: 'a recovery below min',
      params: { min: 1, recover: { min: 0.9 } },
    },
    {
      name: 'a recovery from a bound that is not there',
      params: { min: 1, recover: { max: 5 } },
    },
    {
      name: 'a recovery that nothing reaches',
      params: { min: 0, max: 10, recover: { min: 8, max: 2 } },
    },
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

  it('names both conditions where both are true', () => {
    const params = { success: 'canary < 1', failure: 'canary > 0' };
    expect(threshold.judge({ ...look, params }).rule).toBe(
      'failure: canary > 0 and success: canary < 1 are both true with canary 0.9 %, stable 0.5 %, sample 200; the failure counts',
    );
  });

  it.each([
    // Each look after the other: does it fail?
    [{ max: 1, recover: { max: 0.8 } }, [0.9, 1.1, 0.9, 0.8, 0.9], '-FF--'],
    [{ max: 1 }, [0.9, 1.1, 0.9, 1.1], '-F-F'],
    [{ min: 99, recover: { min: 99.5 } }, [99, 98, 99.4, 99.5], '-FF-'],
    [
      { min: 1, max: 9, recover: { min: 2, max: 8 } },
      [1, 0, 1, 8.5, 5],
      '-FFF-',
    ],
    [
      { max: 1, recover: { max: 0.5 }, failure: 'canary > 0.9' },
      [0.95, 0.8],
      'F-',
    ],
  ])('with %j reads %j as %s', (params, values, want) => {
    let state: JsonObject | undefined;
    const fails = values.map(canary => {
      const result = threshold.judge({ params, canary, unit: '', state });
      ({ state } = result);
      return result.verdict === 'Fail' ? 'F' : '-';
    });
    expect(fails.join('')).toBe(want);
  });

  it('says where a value counts as recovered', () => {
    const params = { max: 1, recover: { max: 0.8 } };
    const state = { failing: true };
    expect(threshold.judge({ ...look, params, state }).rule).toBe(
      '0.9 % is within its limit again and not yet at most 0.8 %, where it counts as recovered',
    );
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
