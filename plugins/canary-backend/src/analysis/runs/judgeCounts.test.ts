import { MetricDefinition, WindowCounts } from 'backstage-plugin-canary-common';
import { AnalysisRun, openRun, Reading } from '../../rollout';
import { advanceRun } from './advanceRun';
import { concludeRun } from './concludeRun';
import { judgeReading } from './judgeReading';
import { builtInJudges } from '../judges';
import { sequentialParams } from '../sequential';

const MINUTE = 60_000;

const definition: MetricDefinition = {
  name: 'error-rate',
  title: 'Error rate',
  source: 'main',
  query: 'errors',
  sampleQuery: 'requests',
  unit: 'percent',
  minimumSample: 500,
  judge: { kind: 'sequential', params: { ...sequentialParams.parse({}) } },
  failureLimit: 5,
  inconclusiveLimit: 0,
};

const healthy: WindowCounts = {
  canary: { requests: 300, events: [3] },
  stable: { requests: 5700, events: [57] },
};
const worse: WindowCounts = {
  ...healthy,
  canary: { requests: 300, events: [15] },
};

const open = (scope = 'step-1', metrics = ['error-rate']) =>
  openRun({
    scope,
    metrics,
    startedAt: 0,
    windowFrom: 0,
    weight: 5,
    intervalMs: MINUTE,
    windowMs: MINUTE,
    endsAt: 100 * MINUTE,
  });

function judge(counts: WindowCounts | undefined, run: AnalysisRun, look = 0) {
  const reading: Reading = {
    metric: 'error-rate',
    at: (look + 1) * MINUTE,
    window: { from: look * MINUTE, to: (look + 1) * MINUTE },
    canary: 1,
    stable: 1,
    counts,
    query: 'errors{c}',
    warnings: [],
  };
  return judgeReading({ reading, definition, run, judges: builtInJudges() });
}

/** The run and its measurements after these windows, a minute each. */
function play(windows: readonly WindowCounts[], run = open()) {
  return windows.reduce(
    ({ run: before, measurements }, counts, look) => {
      const judged = judge(counts, before, look);
      const now = (look + 1) * MINUTE;
      const definitions = { 'error-rate': definition };
      return {
        run: advanceRun(before, [judged], definitions, now),
        measurements: [...measurements, judged.measurement],
        now,
      };
    },
    {
      run,
      measurements: [] as ReturnType<typeof judge>['measurement'][],
      now: 0,
    },
  );
}

const times = (n: number, counts: WindowCounts) => Array(n).fill(counts);

describe('judgeReading of counts', () => {
  it('waits for the minimum sample of all windows together', () => {
    const { measurements, run, now } = play(times(2, healthy));
    expect(measurements[0]).toMatchObject({
      verdict: 'NoData',
      rule: '300 of 500 requests for the canary',
      evidence: { requests: { canary: 300, stable: 5700 } },
    });
    expect(measurements[1]).toMatchObject({
      verdict: 'Pass',
      evidence: { looks: 2, requests: { canary: 600 } },
    });
    expect(concludeRun(run, now).verdict).toBe('Pass');
    const waiting = play([healthy]);
    expect(concludeRun(waiting.run, waiting.now).growing).toBe(true);
  });

  it('keeps a regression that was seen on too small a sample', () => {
    const [first, second] = play([worse, healthy]).measurements;
    expect(first.verdict).toBe('NoData');
    expect(second.verdict).toBe('Fail');
  });

  it('records the counts, the evidence and the band', () => {
    const { measurement } = judge(healthy, open());
    expect(measurement.counts).toEqual(healthy);
    expect(measurement.band).toEqual({
      lower: measurement.evidence!.lower,
      upper: measurement.evidence!.upper,
    });
  });

  it.each<[string, WindowCounts, string, string]>([
    [
      'a restarted counter',
      { ...healthy, interrupted: true },
      'NoData',
      'a counter began anew within the window, so it is dropped for both versions',
    ],
    [
      'a missing arm',
      { canary: healthy.canary },
      'NoData',
      'no counts for the stable',
    ],
    [
      'a canary without requests',
      { ...healthy, canary: { requests: 0.3, events: [0] } },
      'NoData',
      'no requests reached the canary',
    ],
    [
      'a count that fell',
      { ...healthy, stable: { requests: 5700, events: [-4] } },
      'NoData',
      'a counter of the stable fell, so the window is dropped for both versions',
    ],
    [
      'a count that is no number',
      { ...healthy, canary: { requests: NaN, events: [3] } },
      'NoData',
      'a count of the canary is not a finite number',
    ],
    [
      'more events than requests',
      { ...healthy, canary: { requests: 300, events: [302] } },
      'Error',
      '302 events of 300 requests of the canary',
    ],
    [
      'a count too many',
      { ...healthy, canary: { requests: 300, events: [3, 2] } },
      'Error',
      'the canary has 2 counts for 1',
    ],
    [
      'bounds that do not ascend',
      { ...healthy, bounds: [100, 100] },
      'Error',
      'the bounds of the histogram are not finite and ascending',
    ],
    [
      'a histogram that rises',
      {
        bounds: [100, 200],
        canary: { requests: 300, events: [3, 9] },
        stable: { requests: 5700, events: [57, 20] },
      },
      'Error',
      'more requests of the canary were slower than a larger bound than were slower than a smaller one',
    ],
  ])('takes %s for what it is', (_, counts, verdict, rule) => {
    const { measurement, judgeState } = judge(counts, open());
    expect(measurement).toMatchObject({ verdict, rule });
    expect(judgeState).toBeUndefined();
  });

  it('lets extrapolation make one event more than there were requests', () => {
    const counts = { ...healthy, canary: { requests: 299.6, events: [300.4] } };
    expect(judge(counts, open()).measurement.evidence!.looks).toBe(1);
  });

  it('splits the false-alarm rate over the metrics of the run', () => {
    const alone = judge(healthy, open()).measurement.evidence!;
    const one = judge(healthy, open('step-1', ['error-rate', 'latency']));
    expect(alone.alpha).toBe(0.05);
    expect(one.measurement.evidence!.alpha).toBe(0.025);
  });
});

describe('a run of a judge that gathers evidence', () => {
  it('lets the latest verdict stand for all before', () => {
    const { run, now } = play([healthy, healthy, worse, worse]);
    expect(run.metrics[0].counts.Pass).toBe(1);
    expect(run.metrics[0].counts.Fail).toBe(2);
    // Five may fail, but this judge knows what it says.
    expect(concludeRun(run, now)).toMatchObject({
      verdict: 'Fail',
      finished: true,
    });
  });

  it.each([
    ['ends a step', 'step-1', true],
    ['never shortens the gate', 'gate', false],
    ['never ends the background', 'background', false],
  ])('that passed for good %s', (_, scope, finished) => {
    const undecided = play(times(4, healthy), open(scope));
    expect(concludeRun(undecided.run, undecided.now)).toMatchObject({
      verdict: 'Pass',
      finished: false,
    });
    const settled = play(times(40, healthy), open(scope));
    expect(settled.run.metrics[0].settled).toBe(true);
    expect(concludeRun(settled.run, settled.now)).toMatchObject({
      verdict: 'Pass',
      finished,
    });
  });

  it('goes on while another metric has not passed for good', () => {
    const { run, now } = play(
      times(40, healthy),
      open('step-1', ['error-rate', 'other']),
    );
    expect(concludeRun(run, now).finished).toBe(false);
  });

  it('is not settled by a window that tells nothing', () => {
    const windows = [...times(40, healthy), { ...healthy, interrupted: true }];
    const { run, now } = play(windows);
    expect(concludeRun(run, now)).toMatchObject({
      verdict: 'NoData',
      finished: false,
    });
  });
});
