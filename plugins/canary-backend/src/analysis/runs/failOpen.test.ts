import {
  JsonObject,
  MetricBase,
  MetricDefinition,
} from 'backstage-plugin-canary-common';
import { openRun, Reading } from '../../rollout';
import { metricKinds } from '../../plans/metricKinds';
import { advanceRun } from './advanceRun';
import { concludeRun } from './concludeRun';
import { judgeReading } from './judgeReading';
import { builtInJudges } from '../judges';
import { threshold } from '../judges/threshold';

const INTERVAL = 30_000;

/** What a metrics server gave: a number, nothing, or a failure. */
type Answer = number | 'nothing' | 'error';

/** A step's analysis over these answers, seen long after its end. */
function play(answers: readonly Answer[], changes: Partial<MetricBase>) {
  const params = changes.judge?.params ?? { success: 'canary >= 0.95' };
  const definition: MetricDefinition = {
    name: 'success-rate',
    title: 'Success rate',
    source: 'prometheus',
    query: 'q',
    unit: '',
    minimumSample: 0,
    failureLimit: 0,
    inconclusiveLimit: 0,
    ...changes,
    judge: {
      kind: 'threshold',
      params: { ...threshold.params.parse(params) } as JsonObject,
    },
  };
  let run = openRun({
    scope: 'step-1',
    metrics: [definition.name],
    startedAt: 0,
    windowFrom: 0,
    weight: 20,
    intervalMs: INTERVAL,
    windowMs: INTERVAL,
    endsAt: 5 * INTERVAL,
  });
  answers.forEach((answer, index) => {
    const at = (index + 1) * INTERVAL;
    const reading: Reading = {
      metric: definition.name,
      at,
      window: { from: at - INTERVAL, to: at },
      query: 'q',
      warnings: [],
      canary: typeof answer === 'number' ? answer : undefined,
      error: answer === 'error' ? 'connection refused' : undefined,
    };
    const judged = judgeReading({
      reading,
      definition,
      run,
      judges: builtInJudges(),
    });
    run = advanceRun(run, [judged], { [definition.name]: definition }, at);
  });
  return concludeRun(run, 1e12);
}

describe('where Argo Rollouts promotes', () => {
  it.each<{
    /** The behaviour, as its users reported it. */
    there: string;
    answers: readonly Answer[];
    metric?: Partial<MetricBase>;
    here: string;
    finished: boolean;
  }>([
    {
      there:
        'an empty result passes by "len(result) == 0 ||", the documented way around an index out of range',
      answers: ['nothing', 'nothing', 'nothing', 'nothing', 'nothing'],
      here: 'NoData',
      finished: false,
    },
    {
      there: 'an empty result passes by "default(result, 0) < 5"',
      answers: ['nothing'],
      metric: judgedBy({ success: 'canary < 5' }),
      here: 'NoData',
      finished: false,
    },
    {
      there: 'NaN of a service without traffic passes by "isNaN(result) ||"',
      answers: [NaN, NaN],
      here: 'NoData',
      finished: false,
    },
    {
      there:
        'NaN is not above the limit, so that a failureCondition alone lets it pass',
      answers: [NaN],
      metric: judgedBy({ failure: 'canary > 0.05' }),
      here: 'NoData',
      finished: false,
    },
    {
      there: 'an infinite ratio of nothing is not below the limit either',
      answers: [Infinity],
      metric: judgedBy({ failure: 'canary < 0.95' }),
      here: 'NoData',
      finished: false,
    },
    {
      there:
        'five measurements of errors and tolerated failures, not one success, end Successful',
      answers: ['error', 0.2, 'error', 0.2, 'nothing'],
      metric: { failureLimit: 2 },
      here: 'NoData',
      finished: false,
    },
    {
      there:
        'a count below the failureLimit passes though every measurement failed',
      answers: [0.2, 0.2, 0.2],
      metric: { count: 3, failureLimit: 5 },
      here: 'Inconclusive',
      finished: true,
    },
    {
      there: 'an inconclusiveLimit of 999999 makes a pass of no answer at all',
      answers: ['nothing', NaN, 'nothing'],
      metric: { inconclusiveLimit: 10_000 },
      here: 'NoData',
      finished: false,
    },
    {
      there: 'errors up to consecutiveErrorLimit count on the way to a success',
      answers: ['error', 'error', 'error', 'error'],
      metric: { consecutiveErrorLimit: 4, count: 4 },
      here: 'Error',
      finished: false,
    },
    {
      there: 'one success long ago ends a run that has lost its data since',
      answers: [0.99, 'nothing', 'nothing'],
      metric: { count: 3 },
      here: 'NoData',
      finished: false,
    },
  ])('because $there, we answer $here', row => {
    expect(play(row.answers, row.metric ?? {})).toMatchObject({
      verdict: row.here,
      finished: row.finished,
    });
  });

  it.each([
    [
      'no condition at all is a success',
      () => threshold.params.parse({}),
      /would pass everything/,
    ],
    [
      'a condition that is always true is one',
      () => threshold.params.parse({ success: 'true' }),
      /does not look at canary/,
    ],
    [
      'failureLimit -1 lets every measurement fail',
      () => parseMetric({ failureLimit: -1 }),
      /must be 0 or more/,
    ],
    [
      'consecutiveErrorLimit -1 never ends',
      () => parseMetric({ consecutiveErrorLimit: -1 }),
      /must be 0 or more/,
    ],
    [
      'count 0 measures for ever',
      () => parseMetric({ count: 0 }),
      /must be at least 1/,
    ],
  ])('because %s, we refuse it', (_, parse, message) => {
    expect(parse).toThrow(message);
  });
});

function judgedBy(params: object): Partial<MetricBase> {
  return { judge: { kind: 'threshold', params: { ...params } } };
}

function parseMetric(limits: object) {
  return metricKinds.value.parse({
    source: 'prometheus',
    query: 'q',
    judge: { kind: 'threshold', max: 1 },
    ...limits,
  });
}
