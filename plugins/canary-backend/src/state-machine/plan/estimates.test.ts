import { Plan } from 'backstage-plugin-canary-common';
import { HoldState, RolloutState } from '../../rollout';
import { builtInSteps } from '..';
import {
  MINUTE,
  SECOND,
  START,
  startedRollout,
  stepsOf,
  testPlan,
} from '../testing';
import { estimateRemaining } from './estimates';

const definitions = builtInSteps();

/** 5 % · 5 min pause · 50 %; then a gate of 2.5 min after 10 s, and a drain of 30 s. */
const PLAN = testPlan();
const GATE_MS = 160 * SECOND;
const DRAIN_MS = 30 * SECOND;
const WITH_APPROVAL = testPlan({
  steps: stepsOf({ approval: {} }, { pause: { duration: '1m' } }),
});

const walking = (
  index: number,
  step: Partial<RolloutState['step']> = {},
  changes: Partial<RolloutState> = {},
  plan: Plan = PLAN,
): RolloutState => ({
  ...startedRollout({ plan }),
  phase: 'Progressing',
  step: { index, startedAt: START, ...step },
  ...changes,
});
const held = (hold: Partial<HoldState>): Partial<RolloutState> => ({
  phase: 'Paused',
  holds: [
    {
      reason: 'StepPause',
      message: 'Wait.',
      since: START,
      endsBy: 'person',
      ...hold,
    },
  ],
});

it.each<[string, RolloutState, number, boolean?]>([
  [
    'the whole plan',
    startedRollout({ plan: PLAN }),
    5 * MINUTE + GATE_MS + DRAIN_MS,
  ],
  [
    'a pause that has not begun, whole',
    walking(1, { startedAt: START - MINUTE }),
    5 * MINUTE + GATE_MS + DRAIN_MS,
  ],
  [
    'what is left of a pause',
    walking(
      1,
      { readySince: START - 2 * MINUTE },
      held({ endsBy: 'time', until: START }),
    ),
    3 * MINUTE + GATE_MS + DRAIN_MS,
  ],
  [
    'no less than nothing of a pause that is over',
    walking(1, { readySince: START - 9 * MINUTE }),
    GATE_MS + DRAIN_MS,
  ],
  [
    'nothing of a step that was promoted',
    walking(1, { holdEnded: { by: 'person' } }),
    GATE_MS + DRAIN_MS,
  ],
  [
    'what is left of the gate',
    walking(3, { readySince: START - 100 * SECOND }),
    60 * SECOND + DRAIN_MS,
  ],
  [
    'the drain alone where nothing is analysed',
    walking(3, {}, {}, testPlan({ analysis: 'none' })),
    DRAIN_MS,
  ],
  [
    'the drain of a promotion',
    walking(3, {}, { phase: 'Promoting' }),
    DRAIN_MS,
  ],
  [
    'what is left of the drain on the way back',
    walking(1, {}, { phase: 'RollingBack', drainedSince: START - 10 * SECOND }),
    20 * SECOND,
  ],
  [
    'a lower bound while a person is waited for',
    walking(0, { readySince: START - MINUTE }, {}, WITH_APPROVAL),
    MINUTE + GATE_MS + DRAIN_MS,
    true,
  ],
  [
    'a lower bound before a step that waits for a person',
    walking(
      0,
      {},
      {},
      testPlan({ steps: stepsOf({ setWeight: 5 }, { pause: {} }) }),
    ),
    GATE_MS + DRAIN_MS,
    true,
  ],
  [
    'the rest behind an approval that was given',
    walking(0, { holdEnded: { by: 'person' } }, {}, WITH_APPROVAL),
    MINUTE + GATE_MS + DRAIN_MS,
  ],
  [
    'a lower bound while it is paused by hand',
    walking(3, {}, held({ reason: 'Manual' })),
    GATE_MS + DRAIN_MS,
    true,
  ],
  [
    'no lower bound while data is missing, which no person brings back',
    walking(3, {}, held({ reason: 'NoData', endsBy: 'data', until: START })),
    GATE_MS + DRAIN_MS,
  ],
  [
    'a lower bound where a module took its step along',
    walking(
      0,
      {},
      {},
      testPlan({ steps: [{ kind: 'gone', title: '', params: {} }] }),
    ),
    GATE_MS + DRAIN_MS,
    true,
  ],
])('estimates %s', (_, rollout, estimatedMs, waitsForPeople = false) => {
  expect(estimateRemaining(rollout, definitions, START)).toEqual({
    estimatedMs,
    waitsForPeople,
  });
});

it.each<[string, Partial<RolloutState>]>([
  ['it succeeded', { phase: 'Succeeded' }],
  ['it was taken back', { phase: 'RolledBack' }],
  ['it puts previous images back', { strategy: 'rollback' }],
])('estimates nothing once %s', (_, changes) => {
  expect(
    estimateRemaining(walking(0, {}, changes), definitions, START),
  ).toBeUndefined();
});
