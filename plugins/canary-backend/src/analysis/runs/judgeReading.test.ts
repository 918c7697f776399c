import { MetricDefinition } from 'backstage-plugin-canary-common';
import { defineJudge, Judge } from 'backstage-plugin-canary-node';
import { z } from 'zod';
import { Registry } from '../../registry';
import { openRun, Reading } from '../../rollout';
import { judgeReading } from './judgeReading';
import { builtInJudges } from '../judges';

const run = openRun({
  scope: 'step-1',
  metrics: ['latency'],
  startedAt: 0,
  windowFrom: 1_000,
  weight: 5,
  intervalMs: 30_000,
  windowMs: 60_000,
});

const definition: MetricDefinition = {
  name: 'latency',
  title: 'Latency',
  source: 'main',
  query: 'latency',
  sampleQuery: 'requests',
  unit: 'ms',
  minimumSample: 100,
  judge: { kind: 'threshold', params: { max: 50 } },
  failureLimit: 0,
  inconclusiveLimit: 0,
};

const comparing = { kind: 'threshold', params: { success: 'canary < stable' } };

const reading: Reading = {
  metric: 'latency',
  at: 31_000,
  window: { from: 1_000, to: 31_000 },
  canary: 20,
  stable: 30,
  canarySample: 120,
  stableSample: 5_000,
  query: 'latency{c}',
  warnings: [],
};

function judge(
  change: Partial<Reading>,
  judgeOf = definition.judge,
  judges: Registry<Judge> = builtInJudges(),
) {
  return judgeReading({
    reading: { ...reading, ...change },
    definition: { ...definition, judge: judgeOf },
    run,
    judges,
  }).measurement;
}

describe('judgeReading', () => {
  it('records what was measured and the rule that decided', () => {
    expect(judge({ warnings: ['partial answer'] })).toEqual({
      metric: 'latency',
      scope: 'step-1',
      at: '1970-01-01T00:00:31.000Z',
      window: {
        from: '1970-01-01T00:00:01.000Z',
        to: '1970-01-01T00:00:31.000Z',
      },
      weight: 5,
      canary: 20,
      stable: 30,
      canarySample: 120,
      stableSample: 5_000,
      unit: 'ms',
      verdict: 'Pass',
      rule: '20 ms is at most 50 ms',
      threshold: { max: 50 },
      query: 'latency{c}',
      message: 'partial answer',
    });
  });

  it.each<[string, Partial<Reading>, string]>([
    ['no value', { canary: undefined }, 'no value for the canary'],
    ['a NaN', { canary: NaN }, 'not a finite number (NaN)'],
    ['an infinity', { canary: Infinity }, 'not a finite number (Infinity)'],
    ['too small a sample', { canarySample: 99 }, '99 of 100 requests'],
    ['no sample', { canarySample: undefined }, 'no sample for the canary'],
    ['a NaN as sample', { canarySample: NaN }, 'no sample for the canary'],
    ['no requests behind a NaN', { canary: NaN, canarySample: 0 }, '0 of 100'],
    [
      'a value from before the window',
      { canaryAt: 999 },
      'older than the window',
    ],
    ['an empty window', { window: { from: 1_000, to: 1_000 } }, 'no length'],
  ])('has no data with %s', (_, change, rule) => {
    const { verdict, ...rest } = judge(change);
    expect(verdict).toBe('NoData');
    expect(rest.rule).toContain(rule);
  });

  describe('of a metric that is compared with an earlier window', () => {
    const DAY = 86_400_000;
    const earlier = { from: 1_000 - DAY, to: 31_000 - DAY };
    const past = (change: Partial<Reading>, judgeOf = comparing) =>
      judgeReading({
        reading: { ...reading, stableWindow: earlier, ...change },
        definition: {
          ...definition,
          judge: judgeOf,
          baseline: { offsetMs: DAY },
        },
        run,
        judges: builtInJudges(),
      }).measurement;

    it('says what the values are of, in the record and in the rule', () => {
      const { baseline, verdict, rule } = past({ stableAt: 30_000 - DAY });
      expect(baseline).toEqual({ offsetMs: DAY });
      expect(verdict).toBe('Pass');
      expect(rule).toMatch(/ \(compared with the same window 1d earlier\)$/);
    });

    it('has no data of a value older than that window', () => {
      const { verdict, rule } = past({ stableAt: 999 - DAY });
      expect(verdict).toBe('NoData');
      expect(rule).toMatch(/the stable's value is older.*1d earlier/);
    });

    it('says nothing of it in a rule that compares nothing', () => {
      const { baseline, rule } = past({}, definition.judge as any);
      expect(baseline).toEqual({ offsetMs: DAY });
      expect(rule).toBe('20 ms is at most 50 ms');
    });
  });

  it.each<[string, Partial<Reading>, string, string]>([
    ['is absent', { stable: undefined }, 'NoData', 'Pass'],
    ['is not a number', { stable: NaN }, 'NoData', 'Pass'],
    ['has too small a sample', { stableSample: 3 }, 'NoData', 'Pass'],
    [
      'could not be read',
      { stable: undefined, stableError: 'down' },
      'Error',
      'Pass',
    ],
  ])(
    'when the stable %s: %j gives %s to a judge that compares, %s to one that does not',
    (_, change, wantComparing, wantAlone) => {
      expect(judge(change, comparing).verdict).toBe(wantComparing);
      expect(judge(change).verdict).toBe(wantAlone);
    },
  );

  it('tells a failing source from a breach, even with a value at hand', () => {
    const measurement = judge({ error: 'Metrics source "main" failed' });
    expect(measurement.verdict).toBe('Error');
    expect(measurement.message).toBe('Metrics source "main" failed');
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('oops');
      },
    ],
    ['answers nothing', () => undefined],
    ['answers another word', () => ({ verdict: 'Fine', rule: 'x' })],
    ['claims missing data', () => ({ verdict: 'NoData', rule: 'x' })],
  ])('is an error when the judge %s', (_, answer) => {
    const odd = defineJudge({
      kind: 'odd',
      params: z.unknown(),
      needsStable: () => false,
      judge: answer as any,
    });
    const measurement = judge(
      {},
      { kind: 'odd', params: {} },
      new Registry('judge', [odd]),
    );
    expect(measurement.verdict).toBe('Error');
    expect(measurement.message).toContain('The judge "odd" failed');
  });

  it('is an error when the judge is gone', () => {
    const measurement = judge({}, { kind: 'gone', params: {} });
    expect(measurement.verdict).toBe('Error');
    expect(measurement.message).toContain('"gone" is not installed');
  });

  it('never records a number that JSON cannot carry', () => {
    const measurement = judge({ canary: NaN, stable: Infinity });
    expect(measurement).not.toHaveProperty('canary');
    expect(measurement).not.toHaveProperty('stable');
  });

  it('hands the judge its memory and keeps what it returns', () => {
    const counting = defineJudge({
      kind: 'counting',
      params: z.unknown(),
      needsStable: () => false,
      judge: ({ state }) => ({
        verdict: 'Pass',
        rule: 'x',
        state: { looks: Number(state?.looks ?? 0) + 1 },
      }),
    });
    const [metric] = run.metrics;
    const { judgeState } = judgeReading({
      reading,
      definition: { ...definition, judge: { kind: 'counting', params: {} } },
      run: { ...run, metrics: [{ ...metric, judgeState: { looks: 4 } }] },
      judges: new Registry('judge', [counting]),
    });
    expect(judgeState).toEqual({ looks: 5 });
  });
});
