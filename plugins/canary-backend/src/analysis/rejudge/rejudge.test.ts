import {
  Measurement,
  MetricDefinition,
  Rejudgement,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import { builtInJudges } from '../judges';
import { rejudge, RejudgeQuestion } from './rejudge';
import {
  errorRate,
  everyKindOfMetric,
  judgeOf,
} from './testing/everyKindOfMetric';
import { playRollout } from './testing/playRollout';

// Thousands of points are judged again; a busy machine takes its time.
jest.setTimeout(60_000);

const at = (second: number) => new Date(second * 1000).toISOString();

const p95: MetricDefinition = {
  ...everyKindOfMetric().metrics.p95,
  failureLimit: 0,
  inconclusiveLimit: 0,
  judge: judgeOf('threshold', { max: 400 }),
};
const limit = (max: number, change = {}): MetricDefinition => ({
  ...p95,
  ...change,
  judge: judgeOf('threshold', { max }),
});

/** Taken every ten seconds of a window of as much, at 5 %. */
function row(n: number, change: Partial<Measurement> = {}): Measurement {
  return {
    metric: 'p95',
    scope: 'background',
    at: at(10 * (n + 1)),
    window: { from: at(10 * n), to: at(10 * (n + 1)) },
    weight: 5,
    canary: 300,
    canarySample: 100,
    unit: 'ms',
    verdict: 'Pass',
    rule: '300 ms is at most 400 ms',
    query: 'q',
    ...change,
  };
}

const counted = (
  n: number,
  canary: number,
  change: Partial<Measurement> = {},
) =>
  row(n, {
    metric: 'error-rate',
    unit: 'percent',
    canary: canary / 10,
    stable: 1,
    canarySample: 1000,
    stableSample: 19_000,
    counts: {
      canary: { requests: 1000, events: [canary] },
      stable: { requests: 19_000, events: [190] },
    } satisfies WindowCounts,
    ...change,
  });

function ask(
  measurements: readonly Measurement[],
  before: readonly MetricDefinition[],
  after: readonly MetricDefinition[],
  change: Partial<RejudgeQuestion> = {},
): Rejudgement {
  const byName = (metrics: readonly MetricDefinition[]) =>
    Object.fromEntries(metrics.map(one => [one.name, one]));
  return drain(
    rejudge({
      rolloutId: 'r1',
      plan: { ...everyKindOfMetric(), metrics: byName(before) },
      result: 'Succeeded',
      endedAt: at(100),
      measurements,
      events: [],
      definitions: byName(after),
      judges: builtInJudges(),
      ...change,
    }),
  );
}

function drain<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

describe('rejudge', () => {
  it('finds a promoted rollout that a lower limit would have caught', () => {
    const rows = [row(0), row(1, { canary: 360 }), row(2)];
    const answer = ask(rows, [p95], [limit(350)]);
    expect(answer).toMatchObject({
      result: 'failed',
      message: `With these rules p95 would have failed at ${at(
        20,
      )} at 5 %, 1m20s before it was promoted: 360 ms is above the limit of 350 ms`,
      fail: { metric: 'p95', scope: 'background', at: at(20), weight: 5 },
      laterMs: -80_000,
      measurements: 3,
    });
    expect(answer.really).toEqual({ result: 'Succeeded', endedAt: at(100) });
    expect(answer.metrics[0].looks.map(look => look.after.verdict)).toEqual([
      'Pass',
      'Fail',
      'Pass',
    ]);
    expect(answer.metrics[0].looks[1].before).toEqual({
      verdict: 'Pass',
      rule: '300 ms is at most 400 ms',
    });
  });

  it.each([
    [350, -10_000, '10s earlier'],
    [400, 0, 'just when it did'],
    [430, 10_000, '10s later'],
  ])('compares a limit of %i with the real failure', (max, laterMs, words) => {
    const failing = { verdict: 'Fail', rule: 'above' } as const;
    const rows = [
      row(0),
      row(1, { canary: 360 }),
      row(2, { canary: 420, ...failing }),
      row(3, { canary: 440, ...failing }),
    ];
    const answer = ask(rows, [p95], [limit(max)], { result: 'RolledBack' });
    expect(answer).toMatchObject({ result: 'failed', laterMs });
    expect(answer.message).toContain(`at 5 %, ${words}: `);
    expect(answer.really.fail).toMatchObject({ at: at(30), metric: 'p95' });
  });

  it('says that nothing would have failed until it was taken back', () => {
    const fail = { canary: 420, verdict: 'Fail', rule: 'above' } as const;
    const rows = [row(0), row(1, fail)];
    const answer = ask(rows, [p95], [limit(500)], {
      result: 'RolledBack',
      endedAt: at(21),
    });
    expect(answer).toMatchObject({
      result: 'passed',
      message: `With these rules p95 would have passed in what was measured until ${at(
        21,
      )}, when it was taken back.`,
    });
    expect(answer.laterMs).toBeUndefined();
  });

  it('counts as many failures as the other rules allow', () => {
    const slow = { canary: 420 };
    const rows = [row(0, slow), row(1, slow), row(2), row(3, slow)];
    const answer = ask(rows, [limit(500)], [limit(400, { failureLimit: 2 })]);
    expect(answer.fail).toMatchObject({
      at: at(40),
      rule: expect.stringContaining('3 measurements failed, 2 may'),
    });
  });

  it('begins to count anew where the windows did', () => {
    const slow = { canary: 420 };
    const rows = [row(0, slow), row(1, slow), row(3, slow)];
    const moved = {
      kind: 'ExposureChanged',
      at: at(21),
      data: {},
    } as any;
    const rules = limit(400, { failureLimit: 2 });
    expect(ask(rows, [p95], [rules]).result).toBe('failed');
    const answer = ask(rows, [p95], [rules], { events: [moved] });
    expect(answer.result).toBe('undecided');
  });

  it('never lets pass what was missing then', () => {
    const stale = row(0, {
      verdict: 'NoData',
      rule: "the canary's value is older than the window",
    });
    const broken = row(1, {
      verdict: 'Error',
      rule: 'the metrics source failed',
      message: 'away',
    });
    const answer = ask([stale, broken], [p95], [limit(1000)]);
    expect(answer.result).toBe('undecided');
    expect(answer.metrics[0].looks.map(({ after }) => after)).toEqual([
      { verdict: 'NoData', rule: stale.rule },
      { verdict: 'Error', rule: broken.rule },
    ]);
  });

  it('takes what was too small a sample for the old rules', () => {
    const small = row(0, {
      canary: 900,
      canarySample: 5,
      verdict: 'NoData',
      rule: '5 of 20 requests for the canary',
    });
    const answer = ask([small], [p95], [limit(400, { minimumSample: 5 })]);
    expect(answer.fail).toMatchObject({ at: at(10) });
  });

  it('gathers evidence from the counts of a threshold metric', () => {
    const loose: MetricDefinition = {
      ...errorRate,
      judge: judgeOf('threshold', { max: 50 }),
    };
    const rows = Array.from({ length: 6 }, (_, n) => counted(n, 60));
    const answer = ask(rows, [loose], [errorRate]);
    expect(answer.fail).toMatchObject({
      metric: 'error-rate',
      rule: expect.stringContaining('times'),
    });
    expect(answer.metrics[0].notes).toEqual([]);
  });

  it('says how many windows were not counted because they overlap', () => {
    const loose: MetricDefinition = {
      ...errorRate,
      judge: judgeOf('threshold', { max: 50 }),
    };
    const rows = Array.from({ length: 4 }, (_, n) =>
      counted(n, 10, { window: { from: at(0), to: at(10 * (n + 1)) } }),
    );
    const [{ notes, looks }] = ask(rows, [loose], [errorRate]).metrics;
    expect(notes).toEqual([expect.stringMatching(/^3 of 4 windows overlap/)]);
    expect(looks[1].after.rule).toContain('overlaps one that was counted');
  });

  it('shares the false-alarm rate among the metrics of the other rules', () => {
    const rows = Array.from({ length: 60 }, (_, n) => counted(n, 13));
    const alone = ask(rows, [errorRate], [errorRate]);
    const shared = ask(
      rows,
      [errorRate],
      [errorRate, { ...errorRate, name: 'other' }],
    );
    expect(shared.metrics[0].looks[0].after.rule).not.toBe(
      alone.metrics[0].looks[0].after.rule,
    );
    expect(Date.parse(shared.fail!.at)).toBeGreaterThan(
      Date.parse(alone.fail!.at),
    );
  });

  const noCounts = counted(0, 10, { counts: undefined });
  it.each<
    [string, Measurement[], MetricDefinition[], MetricDefinition[], RegExp]
  >([
    [
      'a metric without counts',
      [noCounts],
      [{ ...errorRate, judge: judgeOf('threshold', { max: 5 }) }],
      [errorRate],
      /"sequential" compares counts of requests, and none are stored/,
    ],
    [
      'another query and unit',
      [row(0)],
      [p95],
      [limit(1, { query: 'other', unit: 's' })],
      /measured otherwise today \(unit, query\)/,
    ],
    [
      'another baseline',
      [counted(0, 10)],
      [errorRate],
      [{ ...errorRate, baseline: 'fresh' }],
      /compared with a fresh baseline today, and what was stored is of the stable version/,
    ],
    ['a metric never measured', [], [p95], [p95], /never measured/],
    ['another plan', [row(0)], [p95], [], /plan does not look at this metric/],
    [
      'a judge that is gone',
      [row(0)],
      [p95],
      [{ ...p95, judge: { kind: 'theirs', params: {} } }],
      /"theirs" is not installed/,
    ],
    [
      'a rank test over series',
      [row(0, { stable: 1, verdict: 'Fail', rule: 'High: ...' })],
      [{ ...p95, judge: judgeOf('kayenta') }],
      [{ ...p95, judge: judgeOf('kayenta', { minimumPoints: 1 }) }],
      /"kayenta" read whole series then/,
    ],
  ])('says why it cannot judge %s', (_, rows, before, after, why) => {
    const answer = ask(rows, before, after);
    expect(answer.result).toBe('notJudged');
    expect(answer.message).toMatch(why);
    expect(answer.metrics[0]).toMatchObject({ looks: [], notes: [] });
  });

  it('judges by a limit that compares with nothing, whatever the baseline was', () => {
    const before: MetricDefinition = { ...p95, baseline: 'fresh' };
    expect(ask([row(0)], [before], [limit(1)]).result).toBe('failed');
  });

  it('says that a metric which could not be judged leaves it open', () => {
    const answer = ask([row(0)], [p95], [limit(500), errorRate]);
    expect(answer).toMatchObject({
      result: 'undecided',
      message: expect.stringContaining('error-rate: This rollout never'),
    });
  });

  it('notes where its own rules no longer say what was recorded', () => {
    const odd = row(1, { verdict: 'Fail', rule: 'by an older judge' });
    const [{ notes }] = ask([row(0), odd], [p95], [limit(500)]).metrics;
    expect(notes).toEqual([expect.stringContaining(`first at ${at(20)}`)]);
  });

  it('is not led astray by names that every object has', () => {
    const name = 'constructor';
    const answer = ask(
      [row(0, { metric: name })],
      [{ ...p95, name }],
      [{ ...limit(200), name }],
    );
    expect(answer.fail).toMatchObject({ metric: name, at: at(10) });
  });

  it('reads the runs of a whole rollout from its history', async () => {
    const plan = everyKindOfMetric();
    const { measurements, events } = await playRollout(7, plan);
    const answer = drain(
      rejudge({
        rolloutId: 'r1',
        plan,
        result: 'RolledBack',
        endedAt: at(700),
        measurements,
        events,
        definitions: plan.metrics,
        judges: builtInJudges(),
      }),
    );
    expect(answer.measurements).toBe(measurements.length);
    for (const { looks, notes, before, after } of answer.metrics) {
      expect(notes).toEqual([]);
      expect(after).toEqual(before);
      expect(looks.map(look => look.after)).toEqual(
        looks.map(look => look.before),
      );
    }
    expect(answer.fail).toEqual(answer.really.fail);
  });
});
