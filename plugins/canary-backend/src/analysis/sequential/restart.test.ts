import {
  Measurement,
  MetricDefinition,
  WindowCounts,
} from 'backstage-plugin-canary-common';
import fc from 'fast-check';
import { AnalysisRun, openRun } from '../../rollout';
import { advanceRun } from '../runs/advanceRun';
import { concludeRun } from '../runs/concludeRun';
import { judgeReading } from '../runs/judgeReading';
import { builtInJudges } from '../judges';
import { sequentialParams } from './params';

const INTERVAL = 60_000;
const BOUNDS = [50, 100, 250];

const definition: MetricDefinition = {
  name: 'm',
  title: 'm',
  source: 'prometheus',
  query: 'q',
  unit: 'percent',
  minimumSample: 200,
  judge: {
    kind: 'sequential',
    params: { ...sequentialParams.parse({}) },
  },
  failureLimit: 0,
  inconclusiveLimit: 0,
};

const arm = (parts: number) =>
  fc
    .record({
      requests: fc.oneof(
        fc.integer({ min: 0, max: 5000 }),
        fc.double({ min: -1, max: 5000, noNaN: true }),
      ),
      shares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), {
        minLength: parts,
        maxLength: parts,
      }),
    })
    .map(({ requests, shares }) => ({
      requests,
      events: shares
        .sort((a, b) => b - a)
        .map(share => requests * share * share),
    }));

/** Windows as they come: some are missing, partial or nonsense. */
const windows = (bounds?: readonly number[]) =>
  fc.array(
    fc.option(
      fc.record<WindowCounts>(
        {
          ...(bounds && { bounds: fc.constant(bounds) }),
          canary: arm(bounds?.length ?? 1),
          stable: arm(bounds?.length ?? 1),
          interrupted: fc.constantFrom(false, false, false, true),
        },
        { requiredKeys: bounds ? ['bounds'] : [] },
      ),
      { nil: undefined, freq: 8 },
    ),
    { minLength: 1, maxLength: 25 },
  );

const through = <T>(value: T): T => JSON.parse(JSON.stringify(value));

function open(): AnalysisRun {
  return openRun({
    scope: 'background',
    metrics: ['m'],
    startedAt: 0,
    windowFrom: 0,
    weight: 5,
    intervalMs: INTERVAL,
    windowMs: INTERVAL,
  });
}

/** The run after one look, and the measurement that is stored of it. */
function look(run: AnalysisRun, counts: WindowCounts | undefined, n: number) {
  const judged = judgeReading({
    reading: {
      metric: 'm',
      at: (n + 1) * INTERVAL,
      window: { from: n * INTERVAL, to: (n + 1) * INTERVAL },
      query: 'q',
      warnings: [],
      canary: 1,
      stable: 1,
      counts,
      error: counts ? undefined : 'the server is away',
    },
    definition,
    run,
    judges: builtInJudges(),
  });
  const at = (n + 1) * INTERVAL;
  return {
    run: advanceRun(run, [judged], { m: definition }, at),
    measurement: judged.measurement,
  };
}

function play(
  counts: readonly (WindowCounts | undefined)[],
  restartsAfter: (look: number) => boolean,
) {
  const measurements: Measurement[] = [];
  const run = counts.reduce((before, one, n) => {
    const after = look(before, one, n);
    measurements.push(through(after.measurement));
    return restartsAfter(n) ? through(after.run) : after.run;
  }, open());
  return { run, measurements };
}

describe.each([
  ['ratio', undefined],
  ['latency', BOUNDS],
])('a sequential analysis of %s', (_, bounds) => {
  it('says the same, bit by bit, wherever the backend restarts', () => {
    fc.assert(
      fc.property(
        windows(bounds),
        fc.func(fc.boolean()),
        (counts, restarts) => {
          const steady = play(counts, () => false);
          const restarted = play(counts, n => restarts(n));
          expect(restarted).toEqual(steady);
          expect(concludeRun(restarted.run, 1e12)).toEqual(
            concludeRun(steady.run, 1e12),
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is found again from the counts that were stored', () => {
    fc.assert(
      fc.property(windows(bounds), counts => {
        const { run, measurements } = play(counts, () => false);
        const replayed = play(
          measurements.map(measurement => measurement.counts),
          () => false,
        );
        expect(replayed.run.metrics[0].judgeState).toEqual(
          run.metrics[0].judgeState,
        );
      }),
      { numRuns: 100 },
    );
  });

  it('passes nobody before both arms have their minimum sample', () => {
    fc.assert(
      fc.property(windows(bounds), counts => {
        const { measurements } = play(counts, () => false);
        const early = measurements.filter(
          ({ verdict, evidence }) =>
            ['Pass', 'Fail'].includes(verdict) &&
            Math.min(evidence!.requests.canary, evidence!.requests.stable) <
              definition.minimumSample,
        );
        expect(early).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
