import { Delivery } from '../../store';
import { figuresOf, median, mondayOf, weeksOf } from './deliveryFigures';

const at = (text: string) => Date.parse(text);
const END = at('2026-11-18T12:00:00Z');

const succeeded = (tookMs: number, finishedAt = END): Delivery => ({
  entityRef: 'component:default/checkout',
  result: 'Succeeded',
  startedAt: finishedAt - tookMs,
  finishedAt,
});
const rolledBack = (restoreMs?: number, finishedAt = END): Delivery => ({
  ...succeeded(900, finishedAt),
  result: 'RolledBack',
  rollingBackAt: finishedAt - 500,
  ...(restoreMs !== undefined && { restoredAt: finishedAt - 500 + restoreMs }),
});

it.each([
  [[], undefined],
  [[7], 7],
  [[9, 1], 5],
  [[1, 2], 2],
  [[100, 3, 20], 20],
  [[10, 9, 2, 1], 6],
  // Numbers, not texts: 100 is not before 20.
  [[100, 20, 3, 4, 5], 5],
])('the median of %j is %s', (values, want) => {
  expect(median(values)).toBe(want);
});

it.each([
  ['a Monday', '2026-11-16T00:00:00.000Z', '2026-11-16T00:00:00.000Z'],
  ['just before it', '2026-11-15T23:59:59.999Z', '2026-11-09T00:00:00.000Z'],
  ['a Sunday', '2026-11-22T12:00:00.000Z', '2026-11-16T00:00:00.000Z'],
  [
    'a turn of the year',
    '2026-01-01T00:00:00.000Z',
    '2025-12-29T00:00:00.000Z',
  ],
  ['before 1970', '1969-12-31T00:00:00.000Z', '1969-12-29T00:00:00.000Z'],
])('the Monday of %s', (_, instant, want) => {
  expect(new Date(mondayOf(at(instant))).toISOString()).toBe(want);
});

it.each<[string, Delivery[], object]>([
  ['nothing', [], { rollouts: 0, rolledBack: 0 }],
  [
    'successes alone',
    [succeeded(10), succeeded(30), succeeded(90)],
    { rollouts: 3, rolledBack: 0, medianPromoteMs: 30 },
  ],
  [
    'what came back, whose time is not one of promoting',
    [succeeded(10), rolledBack(40), rolledBack(60)],
    { rollouts: 3, rolledBack: 2, medianPromoteMs: 10, medianRestoreMs: 50 },
  ],
  [
    'a canary that nobody had reached, as no sample',
    [rolledBack(-30_000), rolledBack(0), rolledBack(70)],
    { rollouts: 3, rolledBack: 3, medianRestoreMs: 70 },
  ],
  [
    'a rollout whose restoration was not recorded',
    [rolledBack()],
    { rollouts: 1, rolledBack: 1 },
  ],
])('figures of %s', (_, deliveries, want) => {
  expect(figuresOf(deliveries)).toEqual(want);
});

it('puts every rollout in the week of its end, and leaves no week out', () => {
  const monday = at('2026-11-16T00:00:00Z');
  const weeks = weeksOf(
    [
      succeeded(10, monday),
      rolledBack(40, monday + 5),
      succeeded(30, monday - 1),
    ],
    at('2026-11-01T10:00:00Z'),
    at('2026-11-23T00:00:00Z'),
  );
  expect(
    weeks.map(({ from, ...figures }) => [from.slice(0, 10), figures]),
  ).toEqual([
    ['2026-10-26', { rollouts: 0, rolledBack: 0 }],
    ['2026-11-02', { rollouts: 0, rolledBack: 0 }],
    ['2026-11-09', { rollouts: 1, rolledBack: 0, medianPromoteMs: 30 }],
    [
      '2026-11-16',
      { rollouts: 2, rolledBack: 1, medianPromoteMs: 10, medianRestoreMs: 40 },
    ],
    ['2026-11-23', { rollouts: 0, rolledBack: 0 }],
  ]);
});
