import { JsonObject } from 'backstage-plugin-canary-common';
import { testJudge } from 'backstage-plugin-canary-node/testUtils';
import { kayenta } from './kayenta';

const steady = [10, 11, 9, 10, 12, 8, 10, 11, 9, 10];
const look = { canary: 10, stable: 10, unit: 'ms' };

/** A look at whole series. */
const series = (canary: readonly number[], stable: readonly number[]) => ({
  ...look,
  series: { canary, stable },
});

const tenfold = steady.map(value => value * 10);

testJudge('kayenta as a judge', {
  judge: kayenta,
  cases: [
    { name: 'one point', params: {}, input: look, verdict: 'Inconclusive' },
    {
      name: 'the tenth point of a canary ten times as slow',
      params: {},
      input: {
        ...look,
        canary: 100,
        state: { canary: tenfold.slice(1), stable: steady.slice(1) },
      },
      verdict: 'Fail',
    },
    {
      name: 'equal series',
      params: {},
      input: series(steady, steady),
      verdict: 'Pass',
    },
    {
      name: 'a series ten times as high',
      params: {},
      input: series(tenfold, steady),
      verdict: 'Fail',
    },
    {
      name: 'a series ten times as high where only lower is bad',
      params: { direction: 'decrease' },
      input: series(tenfold, steady),
      verdict: 'Pass',
    },
    {
      name: 'a series ten times as high where that much is allowed',
      params: { effectSize: { allowedIncrease: 20 } },
      input: series(tenfold, steady),
      verdict: 'Pass',
    },
    {
      name: 'a muted failure',
      params: { muted: true },
      input: series(tenfold, steady),
      verdict: 'Pass',
    },
    {
      name: 'two constants',
      params: {},
      input: series(Array(10).fill(5), Array(10).fill(1)),
      verdict: 'Fail',
    },
    {
      name: 'nothing but missing points',
      params: {},
      input: series([NaN, NaN], steady),
      verdict: 'Inconclusive',
    },
    {
      name: 'no points, which Kayenta would pass',
      params: { nanStrategy: 'replace' },
      input: series([], steady),
      verdict: 'Inconclusive',
    },
    {
      name: 'no points where there must be some',
      params: { mustHaveData: true },
      input: series([], steady),
      verdict: 'Fail',
    },
    {
      name: 'missing points that count as 0',
      params: { nanStrategy: 'replace' },
      input: series(Array(10).fill(NaN), steady),
      verdict: 'Fail',
    },
    {
      name: 'rare spikes that were removed',
      params: { outliers: { strategy: 'remove', factor: 1 } },
      input: series([...steady, 9000], steady),
      verdict: 'Pass',
    },
  ],
  refused: [
    { name: 'an unknown direction', params: { direction: 'up' } },
    { name: 'no points at all', params: { minimumPoints: 0 } },
    { name: 'a fence of no width', params: { outliers: { factor: 0 } } },
    {
      name: 'an unknown effect size',
      params: { effectSize: { measure: 'd' } },
    },
    { name: 'a misspelled parameter', params: { Critical: true } },
  ],
});

describe('kayenta', () => {
  function looks(canary: readonly number[], stable: readonly number[]) {
    let state: JsonObject | undefined;
    return canary.map((value, index) => {
      const result = kayenta.judge({
        ...look,
        canary: value,
        stable: stable[index],
        params: kayenta.params.parse({}),
        state,
      });
      state = JSON.parse(JSON.stringify(result.state));
      return result;
    });
  }

  it('adds a point with every look and decides from the tenth on', () => {
    const verdicts = looks(tenfold, steady).map(({ verdict }) => verdict);
    expect(verdicts).toEqual([...Array(9).fill('Inconclusive'), 'Fail']);
  });

  it('gives the answer of the whole series, point by point', () => {
    const last = looks(tenfold, steady)[9];
    const whole = kayenta.judge({
      ...series(tenfold, steady),
      params: kayenta.params.parse({}),
    });
    expect([last.verdict, last.rule]).toEqual([whole.verdict, whole.rule]);
  });

  it('explains itself with the shift, its interval and the effect size', () => {
    expect(looks(tenfold, steady)[9].rule).toMatch(
      /^High: the canary is significantly higher than the stable \(98 % confidence: 80 to 100 above the stable, effect size 10, 10 points\)$/,
    );
  });

  it('gives its label no verdict when the values are too far apart', () => {
    const far = [...tenfold.slice(0, 9), Number.MAX_VALUE];
    const low = [...steady.slice(0, 9), -Number.MAX_VALUE];
    expect(looks(far, low)[9]).toMatchObject({
      verdict: 'Inconclusive',
      state: { label: 'Error', critical: false },
    });
  });
});
