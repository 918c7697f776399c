import {
  MetricBase,
  MetricDefinition,
  Measurement,
  Verdict,
} from 'backstage-plugin-canary-common';
import fc from 'fast-check';
import { AnalysisRun, moveWindow, openRun, Reading } from '../../rollout';
import { advanceRun } from './advanceRun';
import { concludeRun } from './concludeRun';
import { dueMetrics } from './dueMetrics';
import { judgeReading } from './judgeReading';
import { builtInJudges } from '../judges';

const INTERVAL = 10_000;

const definition: MetricDefinition = {
  name: 'm',
  title: 'M',
  source: 'main',
  query: 'q',
  sampleQuery: 's',
  unit: '',
  minimumSample: 10,
  judge: { kind: 'threshold', params: { max: 1 } },
  failureLimit: 0,
  inconclusiveLimit: 0,
};

function open(change: Partial<Parameters<typeof openRun>[0]> = {}) {
  return openRun({
    scope: 'gate',
    metrics: ['m'],
    startedAt: 0,
    windowFrom: 0,
    weight: 5,
    intervalMs: INTERVAL,
    windowMs: 50_000,
    endsAt: 50_000,
    ...change,
  });
}

/** One letter a measurement, ten seconds apart; a digit is a sample below the minimum. */
function play(
  letters: string,
  options: { run?: AnalysisRun; limits?: Partial<MetricBase> } = {},
): AnalysisRun {
  const definitions = { m: { ...definition, ...options.limits } };
  const run = options.run ?? open();
  return [...letters].reduce((before, letter, index) => {
    const at = before.windowFrom + (index + 1) * INTERVAL;
    return advanceRun(
      before,
      [{ measurement: measurement(before, letter, at) }],
      definitions,
      at,
    );
  }, run);
}

function measurement(
  run: AnalysisRun,
  letter: string,
  at: number,
): Measurement {
  const verdicts: Record<string, Verdict> = {
    P: 'Pass',
    F: 'Fail',
    I: 'Inconclusive',
    N: 'NoData',
    E: 'Error',
  };
  return {
    metric: 'm',
    scope: run.scope,
    at: new Date(at).toISOString(),
    window: {
      from: new Date(run.windowFrom).toISOString(),
      to: new Date(at).toISOString(),
    },
    weight: run.weight,
    unit: '',
    query: 'q',
    rule: `rule of ${letter}`,
    verdict: verdicts[letter] ?? 'NoData',
    ...(verdicts[letter]
      ? letter !== 'N' && { canarySample: 50 }
      : { canarySample: Number(letter) }),
  };
}

describe('a run of a metric that warms up, or whose server knows late', () => {
  it('is measured first when a whole interval is known, after a change of weight too', () => {
    const run = open({ windowFrom: 1_000, delaysMs: { m: 15_000 } });
    expect(run.metrics[0].dueAt).toBe(1_000 + 15_000 + INTERVAL);
    const moved = moveWindow(run, 100_000, 25);
    expect(moved.metrics[0].dueAt).toBe(100_000 + 15_000 + INTERVAL);
  });
});

describe('the verdict on a metric', () => {
  it.each<[string, string, Partial<MetricBase>, Verdict]>([
    ['nothing measured', '', {}, 'NoData'],
    ['passes', 'PPP', {}, 'Pass'],
    ['one breach', 'PPF', {}, 'Fail'],
    ['a breach long ago', 'FPPP', {}, 'Fail'],
    ['breaches within the limit', 'FPFP', { failureLimit: 2 }, 'Pass'],
    ['breaches beyond the limit', 'FPFF', { failureLimit: 2 }, 'Fail'],
    [
      'nothing but tolerated breaches',
      'FF',
      { failureLimit: 2 },
      'Inconclusive',
    ],
    ['an undecided look', 'PI', {}, 'Inconclusive'],
    [
      'undecided looks within the limit',
      'PIP',
      { inconclusiveLimit: 1 },
      'Pass',
    ],
    [
      'nothing but undecided looks',
      'I',
      { inconclusiveLimit: 5 },
      'Inconclusive',
    ],
    ['data that went missing', 'PPN', {}, 'NoData'],
    ['a source that fails', 'PPE', {}, 'Error'],
    ['a breach, then no data', 'FN', {}, 'Fail'],
    ['data that came back', 'PNP', {}, 'Pass'],
    ['a sample that stays too small', '55', {}, 'NoData'],
  ])('after %s (%s) with %j is %s', (_, letters, limits, want) => {
    expect(play(letters, { limits }).metrics[0].verdict).toBe(want);
  });
});

describe('a metric that asks for a number of measurements', () => {
  it.each<[string, string, Partial<MetricBase>, Verdict, boolean]>([
    ['fewer than count', 'PP', { count: 3 }, 'Inconclusive', false],
    ['count of them', 'PPP', { count: 3 }, 'Pass', true],
    [
      'missing data, which does not count',
      'PPN',
      { count: 3 },
      'NoData',
      false,
    ],
    ['failures, which do not count', 'PPE', { count: 3 }, 'Error', false],
    ['data that came back', 'PNEPP', { count: 3 }, 'Pass', true],
    [
      'tolerated breaches, which count',
      'PFP',
      { count: 3, failureLimit: 1 },
      'Pass',
      true,
    ],
    ['too few passes in a row', 'P', row(2), 'Inconclusive', false],
    ['enough passes in a row', 'PP', row(2), 'Pass', true],
    ['a row that a breach ended', 'PPF', row(2), 'Inconclusive', false],
    ['a row that began anew', 'PFPP', row(2), 'Pass', true],
    [
      'a row that an undecided look ended',
      'PIP',
      row(2),
      'Inconclusive',
      false,
    ],
    ['a row that missing data did not end', 'PNP', row(2), 'Pass', true],
    ['more breaches than may be', 'PFFFF', row(2), 'Fail', true],
    [
      'a row that count came before',
      'PFP',
      { ...row(2), count: 3 },
      'Inconclusive',
      true,
    ],
    ['a row before count', 'PP', { ...row(2), count: 5 }, 'Pass', true],
  ])('after %s (%s) with %j is %s', (_, letters, limits, want, decided) => {
    const run = play(letters, { limits });
    expect(concludeRun(run, 1e12)).toMatchObject({
      verdict: want,
      finished: decided,
    });
  });

  function row(consecutiveSuccessLimit: number): Partial<MetricBase> {
    return { consecutiveSuccessLimit, failureLimit: 3, inconclusiveLimit: 3 };
  }

  it.each([
    [{ count: 2 }, true],
    [{ consecutiveSuccessLimit: 2 }, true],
    [{}, false],
  ])('with %j lets a step end at once: %s', (limits, want) => {
    const run = open({ scope: 'step-1', endsAt: 1e12 });
    const after = play('PP', { run, limits });
    expect(concludeRun(after, 20_000).finished).toBe(want);
  });

  it('never ends a step by what has changed meanwhile', () => {
    const limits = { consecutiveSuccessLimit: 2, failureLimit: 5 };
    const run = open({ scope: 'step-1', endsAt: 1e12 });
    const after = play('PPF', { run, limits });
    expect(concludeRun(after, 30_000).finished).toBe(false);
  });

  it('counts anew at another weight', () => {
    const limits = { consecutiveSuccessLimit: 2 };
    const moved = moveWindow(play('P', { limits }), 100_000, 25);
    const { verdict, rule } = play('P', { run: moved, limits }).metrics[0];
    expect([verdict, rule]).toEqual([
      'Inconclusive',
      '1 of 2 passes in a row: rule of P',
    ]);
  });

  it('says how many it has', () => {
    const { rule } = play('PP', { limits: { count: 5 } }).metrics[0];
    expect(rule).toBe('2 of 5 measurements: rule of P');
  });
});

describe('a source that fails in a row', () => {
  it.each([
    ['as often as it may', 'EE', 2, undefined],
    ['more often', 'EEE', 2, true],
    ['more often, but not in a row', 'EENEE', 2, undefined],
    ['and answers again', 'EEEP', 2, undefined],
    ['once, where it may not', 'E', 0, true],
    ['often, without a limit', 'EEEEEEEE', undefined, undefined],
  ])('%s (%s with %s): %s', (_, letters, consecutiveErrorLimit, want) => {
    const run = play(letters, { limits: { consecutiveErrorLimit } });
    expect(concludeRun(run, 0).exhausted).toBe(want);
  });
});

describe('the hold clock', () => {
  it.each([
    ['never runs while data is usable', 'PPF', undefined],
    ['starts at the first unusable look', 'PNN', 20_000],
    ['is shared by missing data and failures', 'PENE', 20_000],
    ['runs on after one usable look', 'PNPN', 20_000],
    ['stops after two usable looks in a row', 'PNPPP', undefined],
    ['starts anew in the next drought', 'NPPN', 40_000],
    ['does not start while a sample grows', '357', undefined],
    ['starts when a sample stops growing', '3577', 40_000],
    ['starts with a sample of nothing', '0', 10_000],
    ['is not stopped by a growing sample', 'N357', 10_000],
  ])('%s: %s', (_, letters, want) => {
    const run = play(letters);
    expect(run.metrics[0].unusableSince).toBe(want);
    expect(concludeRun(run, 0).unusableSince).toBe(want);
  });

  it.each([
    ['3', true],
    ['35', true],
    ['33', false],
    ['3N', false],
    ['35P', false],
    ['0', false],
  ])('tells that after %s the sample grows: %s', (letters, want) => {
    expect(concludeRun(play(letters), 0).growing).toBe(want);
  });
});

describe('the next look', () => {
  it('is due one interval after the window begins, and none before', () => {
    const run = open({ windowFrom: 5_000 });
    expect(dueMetrics(run, 14_999)).toEqual([]);
    expect(dueMetrics(run, 15_000)).toEqual(['m']);
  });

  it.each([
    ['an interval after a pass', 'P', 1],
    ['an interval after missing data', 'N', 1],
    ['an interval after a first failure', 'E', 1],
    ['two intervals after a second failure', 'EE', 2],
    ['four intervals after a third', 'EEE', 4],
    ['never more than four', 'EEEEEE', 4],
    ['an interval as soon as the source answers', 'EEEN', 1],
  ])('comes %s', (_, letters, intervals) => {
    const run = play(letters);
    expect(run.metrics[0].dueAt).toBe(
      letters.length * INTERVAL + intervals * INTERVAL,
    );
  });
});

describe('advanceRun', () => {
  it.each<[string, Partial<Measurement>]>([
    ['another scope', { scope: 'background' }],
    ['another metric', { metric: 'other' }],
    ['another weight', { weight: 25 }],
    [
      'a window that reaches back before the run',
      {
        window: {
          from: '1969-12-31T23:59:59.999Z',
          to: '1970-01-01T00:00:10Z',
        },
      },
    ],
  ])('ignores a measurement of %s', (_, change) => {
    const run = open();
    const foreign = { ...measurement(run, 'F', 10_000), ...change };
    const next = advanceRun(
      run,
      [{ measurement: foreign }],
      { m: definition },
      1,
    );
    expect(next).toEqual(run);
  });
});

describe('moveWindow', () => {
  it('makes every metric earn its verdict anew, and lets the hold clock run', () => {
    const before = play('PPNP');
    const moved = moveWindow(before, 100_000, 25);
    expect(moved.weight).toBe(25);
    expect(moved.metrics[0]).toMatchObject({
      verdict: 'NoData',
      dueAt: 110_000,
      counts: { Pass: 0, NoData: 0 },
      unusableSince: 30_000,
      usableInARow: 1,
    });
    expect(moved.metrics[0]).not.toHaveProperty('at');
    expect(moved.metrics[0]).not.toHaveProperty('lastSample');
    expect(concludeRun(moved, 200_000).finished).toBe(false);
  });

  it('forgets tolerated breaches of the window before', () => {
    const limits = { failureLimit: 1 };
    const moved = moveWindow(play('F', { limits }), 100_000, 25);
    const { verdict } = play('FP', { run: moved, limits }).metrics[0];
    expect(verdict).toBe('Pass');
  });
});

describe('concludeRun', () => {
  it.each<[string, string, number, Verdict, boolean]>([
    ['goes on before its end', 'PPP', 49_999, 'Pass', false],
    ['ends with a pass', 'PPPPP', 50_000, 'Pass', true],
    ['ends undecided', 'PPPPI', 50_000, 'Inconclusive', true],
    ['ends at once with a breach', 'F', 10_000, 'Fail', true],
    ['does not end without a measurement', '', 90_000, 'NoData', false],
    ['does not end while data is missing', 'PPPPN', 90_000, 'NoData', false],
    ['does not end while the source fails', 'PPPPE', 90_000, 'Error', false],
    ['does not end on a small sample', '12345', 90_000, 'NoData', false],
  ])('%s: %s at %d', (_, letters, now, verdict, finished) => {
    expect(concludeRun(play(letters), now)).toMatchObject({
      verdict,
      finished,
    });
  });

  it('never ends the background run but by a breach', () => {
    const background = open({ scope: 'background', endsAt: undefined });
    const passed = play('PPPPP', { run: background });
    expect(concludeRun(passed, 1e12).finished).toBe(false);
    const failed = play('PF', { run: background });
    expect(concludeRun(failed, 1).finished).toBe(true);
  });

  it('lets the gravest metric speak for the run', () => {
    const [metric] = open().metrics;
    const verdicts: Verdict[] = [
      'Pass',
      'Inconclusive',
      'NoData',
      'Error',
      'Fail',
    ];
    verdicts.forEach((gravest, index) => {
      const metrics = verdicts
        .slice(0, index + 1)
        .map(verdict => ({ ...metric, metric: `m-${verdict}`, verdict }));
      expect(concludeRun({ ...open(), metrics }, 0)).toMatchObject({
        verdict: gravest,
        metric: `m-${gravest}`,
      });
    });
  });

  it('has no verdict on a run without metrics', () => {
    expect(concludeRun(open({ metrics: [] }), 1e12)).toMatchObject({
      verdict: 'NoData',
      finished: false,
    });
  });
});

describe('whatever a metrics server answers', () => {
  const anyNumber = fc.option(
    fc.oneof(
      fc.double(),
      fc.constantFrom(NaN, Infinity, -Infinity, 0, -0, 9.999, 10, 1e308),
      fc.integer({ min: -5, max: 30 }),
    ),
    { nil: undefined },
  );
  const anyReading = fc.record({
    canary: anyNumber,
    stable: anyNumber,
    canarySample: anyNumber,
    stableSample: anyNumber,
    canaryAt: anyNumber,
    stableAt: anyNumber,
    error: fc.option(fc.string(), { nil: undefined, freq: 9 }),
    stableError: fc.option(fc.string(), { nil: undefined, freq: 9 }),
    at: fc.integer({ min: -10_000, max: 90_000 }),
    from: fc.integer({ min: -10_000, max: 90_000 }),
  });
  const anyJudge = fc.constantFrom<Record<string, number | string>>(
    { max: 1 },
    { min: -1 },
    { success: 'canary <= stable' },
    { failure: 'canary > stable * 2' },
    { failure: '!(canary / stable < 2)' },
    { success: 'canary < 1 || sample > 5', failure: 'canary > 3' },
  );

  /** Everything that passed, or ended, and had no right to. */
  function undeserved(
    readings: readonly (Partial<Reading> & { at: number; from: number })[],
    metric: MetricDefinition,
  ): unknown[] {
    let run = open();
    let earned = false;
    return readings.flatMap(({ from, ...values }) => {
      const { at, canary, canarySample, error } = values;
      const judged = judgeReading({
        reading: {
          ...values,
          metric: 'm',
          window: { from, to: at },
          query: 'q',
          warnings: [],
        },
        definition: metric,
        run,
        judges: builtInJudges(),
      });
      const passed = judged.measurement.verdict === 'Pass';
      const deserved =
        error === undefined &&
        Number.isFinite(canary) &&
        Number.isFinite(canarySample) &&
        canarySample! >= 10 &&
        at > from;
      earned ||= passed && deserved && from >= run.windowFrom;
      run = advanceRun(run, [judged], { m: metric }, at);
      const { verdict, finished } = concludeRun(run, 1e12);
      return [
        ...(passed && !deserved ? [values] : []),
        ...(verdict === 'Pass' && !earned ? [{ verdict, values }] : []),
        ...(finished && ['NoData', 'Error'].includes(verdict)
          ? [{ finished, values }]
          : []),
      ];
    });
  }

  it('nothing passes without a finite value on the minimum sample', () => {
    fc.assert(
      fc.property(
        fc.array(anyReading, { maxLength: 12 }),
        anyJudge,
        fc.nat(3),
        (readings, params, limit) => {
          const metric: MetricDefinition = {
            ...definition,
            judge: { kind: 'threshold', params },
            failureLimit: limit,
            inconclusiveLimit: limit,
          };
          expect(undeserved(readings, metric)).toEqual([]);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});
