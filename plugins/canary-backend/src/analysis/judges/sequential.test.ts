import { JsonObject, WindowCounts } from 'backstage-plugin-canary-common';
import { JudgeResult } from 'backstage-plugin-canary-node';
import { testJudge } from 'backstage-plugin-canary-node/testUtils';
import { sequential } from './sequential';

const ratio = (canary: number, stable: number): WindowCounts => ({
  canary: { requests: 300, events: [canary] },
  stable: { requests: 5700, events: [stable] },
});

const latency = (
  canary: readonly number[],
  stable: readonly number[],
): WindowCounts => ({
  bounds: [100, 250, 500],
  canary: { requests: 300, events: canary },
  stable: { requests: 5700, events: stable },
});

const value = { canary: 1, stable: 1, unit: 'percent' };
const usual = latency([30, 6, 1], [570, 114, 19]);

/** Looks one after another, the state through JSON in between. */
function looks(
  counts: readonly (WindowCounts | undefined)[],
  params: unknown = {},
  input: { stable?: number; unit?: string; alphaShare?: number } = {},
): JudgeResult {
  let state: JsonObject | undefined;
  let result!: JudgeResult;
  counts.forEach((one, index) => {
    result = sequential.judge({
      ...value,
      ...input,
      params: sequential.params.parse(params),
      counts: one,
      window: { from: index * 60_000, to: (index + 1) * 60_000 },
      state,
    });
    state = JSON.parse(JSON.stringify(result.state));
  });
  return result;
}

const times = (n: number, counts: WindowCounts) => Array(n).fill(counts);

testJudge('sequential as a judge', {
  judge: sequential,
  cases: [
    {
      name: 'a metric without counts',
      params: {},
      input: value,
      verdict: 'Inconclusive',
    },
    {
      name: 'one healthy window',
      params: {},
      input: { ...value, counts: ratio(3, 57) },
      verdict: 'Pass',
    },
    {
      name: 'one healthy window that shall prove more',
      params: { evidence: 'nonInferior' },
      input: { ...value, counts: ratio(3, 57) },
      verdict: 'Inconclusive',
    },
    {
      name: 'a canary that only fails',
      params: {},
      input: { ...value, counts: ratio(300, 57) },
      verdict: 'Fail',
    },
    {
      name: 'a canary within its margin',
      params: { r0: 5, maxRatio: 6 },
      input: { ...value, counts: ratio(14, 57) },
      verdict: 'Pass',
    },
    {
      name: 'a slow canary',
      params: {},
      input: { ...value, counts: latency([200, 90, 30], [570, 114, 19]) },
      verdict: 'Fail',
    },
    {
      name: 'a window that overlaps the last',
      params: {},
      input: {
        ...value,
        counts: ratio(300, 57),
        window: { from: 0, to: 120_000 },
        state: looks([ratio(3, 57)]).state,
      },
      verdict: 'Pass',
    },
  ],
  refused: [
    { name: 'a certain alarm', params: { alpha: 1 } },
    { name: 'no alarm ever', params: { alpha: 0 } },
    { name: 'a margin that asks for better', params: { r0: 0.9 } },
    { name: 'a maxRatio within the margin', params: { r0: 3, maxRatio: 2 } },
    { name: 'counts that vary less than chance', params: { phi: 0.5 } },
    { name: 'an unknown evidence', params: { evidence: 'any' } },
    { name: 'a misspelled parameter', params: { Alpha: 0.05 } },
  ],
});

describe('sequential', () => {
  it('fails at the look at which the evidence reaches 1/alpha', () => {
    const worse = ratio(15, 57);
    expect(looks(times(1, worse)).verdict).toBe('Fail');
    const bad = ratio(9, 57);
    expect(looks(times(1, bad)).verdict).toBe('Pass');
    expect(looks(times(2, bad))).toMatchObject({
      verdict: 'Fail',
      evidence: { conclusion: 'regression', looks: 2 },
    });
  });

  it('stays with its regression, whatever comes later', () => {
    const { verdict, evidence } = looks([
      ...times(3, ratio(9, 57)),
      ...times(40, ratio(1, 57)),
    ]);
    expect(verdict).toBe('Fail');
    expect(evidence!.ratio).toBeLessThan(1);
    expect(evidence!.pValue).toBeLessThan(0.05);
  });

  it('passes for good once the ratio is known to be below maxRatio', () => {
    expect(looks(times(4, ratio(3, 57))).settled).toBeUndefined();
    const known = looks(times(40, ratio(3, 57)));
    expect(known).toMatchObject({
      verdict: 'Pass',
      settled: true,
      evidence: { conclusion: 'nonInferior' },
    });
    expect(known.evidence!.upper).toBeLessThan(2);
    const demanding = looks(times(40, ratio(3, 57)), {
      evidence: 'nonInferior',
    });
    expect(demanding.verdict).toBe('Pass');
  });

  it('needs more evidence when metrics share the false-alarm rate', () => {
    const windows = times(2, ratio(8, 57));
    const shared = looks(windows, {}, { alphaShare: 1 / 5 });
    expect(shared.verdict).toBe('Pass');
    expect(shared.evidence!.alpha).toBeCloseTo(0.01);
    expect(looks(windows).verdict).toBe('Fail');
    expect(looks(windows, { phi: 5 }).verdict).toBe('Pass');
  });

  it('tells which latency moved, and how far', () => {
    const tail = latency([33, 15, 9], [570, 114, 19]);
    expect(looks(times(4, tail), {}, { unit: 'ms' })).toMatchObject({
      verdict: 'Fail',
      evidence: { moved: { bound: 500, canary: 0.03, stable: 1 / 300 } },
      rule: expect.stringMatching(
        /^Regression after 4 looks: 3 % of the canary's requests took longer than 500 ms, of the stable's 0\.333 %; p = \S+, at most 0\.05$/,
      ),
    });
  });

  it('follows the bound at the tail, chosen before it is followed', () => {
    const few: WindowCounts = {
      ...usual,
      stable: { requests: 60, events: [6, 1, 0] },
    };
    expect(looks([few]).evidence!.bound).toBeUndefined();
    const chosen = looks([few, usual]).evidence!;
    expect(chosen.bound).toBe(100);
    expect(chosen.ratio).toBeUndefined();
    const { evidence, band } = looks([few, ...times(30, usual)]);
    expect(evidence).toMatchObject({ bound: 100, conclusion: 'nonInferior' });
    expect(evidence!.ratio).toBeCloseTo(1);
    expect(band).toBeUndefined();
    const first = looks([usual], { objective: 480 });
    expect(first.evidence!.bound).toBe(500);
  });

  it.each<[string, WindowCounts]>([
    ['a counter began anew', { ...ratio(300, 57), interrupted: true }],
    ['a counter of the canary fell', ratio(-1, 57)],
    ['no counts for the stable', { canary: ratio(300, 0).canary }],
    [
      'no requests reached the canary',
      { ...ratio(0, 57), canary: { requests: 0, events: [0] } },
    ],
    ['400 events of 300 requests', ratio(400, 57)],
    ['not a finite number', ratio(NaN, 57)],
    ['other bounds than before', latency([300, 300, 300], [0, 0, 0])],
  ])('counts a window for neither arm: %s', (why, window) => {
    const before = looks([ratio(3, 57)]);
    const after = looks([ratio(3, 57), window]);
    expect(after.state).toEqual(before.state);
    expect(after.verdict).toBe('Pass');
    expect(after.rule).toContain(why);
  });

  it('goes on with the bounds that are left', () => {
    const { parts } = looks([
      usual,
      {
        bounds: [250, 500, 900],
        canary: { requests: 300, events: [6, 1, 0] },
        stable: { requests: 5700, events: [114, 19, 3] },
      },
    ]).state as any;
    expect(parts.map((part: any) => [part.bound, part.canary])).toEqual([
      [100, 30],
      [250, 12],
      [500, 2],
    ]);
  });

  it('rounds what was extrapolated', () => {
    const exact = looks([ratio(3, 57)]).state;
    const extrapolated: WindowCounts = {
      canary: { requests: 300.4, events: [2.6] },
      stable: { requests: 5699.7, events: [57.2] },
    };
    expect(looks([extrapolated]).state).toEqual(exact);
  });

  it('draws the band where the canary lies, in the unit of the values', () => {
    const { band, evidence } = looks(
      times(10, ratio(9, 114)),
      {},
      { stable: 2 },
    );
    expect(band).toEqual({
      lower: evidence!.lower! * 2,
      upper: evidence!.upper! * 2,
    });
    expect(looks([ratio(3, 0)]).band).toBeUndefined();
  });

  it('draws it by the whole rollout, however the last window went', () => {
    const even = looks([ratio(3, 60), ratio(3, 60)], {}, { stable: 60 / 57 });
    const uneven = looks([ratio(3, 120), ratio(3, 0)], {}, { stable: 0 });
    const scale = ({ band, evidence }: typeof even) =>
      band!.upper! / evidence!.upper!;
    expect(scale(even)).toBeCloseTo(60 / 57);
    expect(scale(uneven)).toBeCloseTo(60 / 57);
  });

  it.each<[string, readonly WindowCounts[], object, RegExp]>([
    [
      'a regression',
      times(3, ratio(9, 57)),
      {},
      /^Regression after 3 looks: the canary's rate is 3 times the stable's \(95 % confidence: \S+ to \S+; 27 of 900 requests against 171 of 17100\); p = 0\.0\d+, at most 0\.05$/,
    ],
    [
      'no regression',
      times(4, ratio(3, 57)),
      {},
      /^No regression found in 4 looks: the canary's rate is 1 times the stable's \(95 % confidence: 0\.\d+ to 2\.\d+; .*\); p = 1$/,
    ],
    [
      'what is missing',
      [ratio(0, 20)],
      { evidence: 'nonInferior' },
      /^Undecided after 1 look, it has to be below 2 times: the canary's rate has no ratio to the stable's yet \(95 % confidence: below \S+; 0 of 300 requests against 20 of 5700\); p = 1$/,
    ],
    [
      'latencies before a bound is followed',
      [{ ...usual, stable: { requests: 60, events: [6, 1, 0] } }],
      {},
      /^No regression found in 1 look: the latencies are not compared yet; p = 1$/,
    ],
    [
      'a settled pass',
      times(40, ratio(3, 57)),
      {},
      /^Below 2 times after 40 looks: the canary's rate is 1 times /,
    ],
  ])('explains %s in a sentence', (_, windows, params, want) => {
    expect(looks(windows, params).rule).toMatch(want);
  });
});
