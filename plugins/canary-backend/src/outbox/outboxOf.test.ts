import { paperEngine } from '../engines/testing/paperEngine';
import { HoldState, NewEvent, RolloutState } from '../rollout';
import {
  eventFixture,
  LONG_AGO,
  rolloutFixture,
} from '../store/testing/rolloutFixture';
import { outboxOf } from './outboxOf';

const running = rolloutFixture('web', { version: 3 });
const hold = (changes: Partial<HoldState>): RolloutState => ({
  ...running,
  version: 4,
  phase: 'Paused',
  holds: [
    {
      reason: 'Approval',
      message: 'for group:sre',
      since: 0,
      endsBy: 'person',
      ...changes,
    },
  ],
});
const metrics = (passes: number): RolloutState['analyses'] => [
  {
    scope: 'background',
    startedAt: 0,
    windowFrom: 0,
    weight: 5,
    intervalMs: 1,
    windowMs: 1,
    metrics: [
      {
        metric: 'errors',
        at: passes,
        dueAt: passes,
        counts: { Pass: passes, Fail: 0, Inconclusive: 0, NoData: 0, Error: 0 },
        verdict: 'Pass',
        rule: '',
        usableInARow: passes,
        errorsInARow: 0,
      },
    ],
  },
];
const viewOf = (rollout: RolloutState) => paperEngine.view(rollout, LONG_AGO);
const messages = (
  previous: RolloutState | undefined,
  next: RolloutState,
  events: readonly NewEvent[],
) =>
  outboxOf({
    previous: previous && viewOf(previous),
    next: viewOf(next),
    events,
  });
const topics = (...args: Parameters<typeof messages>) =>
  messages(...args).map(({ topic }) => topic);
const notices = (...args: Parameters<typeof messages>) =>
  messages(...args)
    .filter(({ topic }) => topic === 'notify')
    .map(({ payload }) => payload);

describe('outboxOf', () => {
  it('tells plugins and pages what changed', () => {
    const rolledBack: RolloutState = {
      ...running,
      version: 4,
      phase: 'RollingBack',
      outcome: {
        result: 'RolledBack',
        reason: 'MetricFailed',
        message: 'errors is 7 % above 1 %',
      },
    };
    expect(messages(running, rolledBack, [])[0]).toEqual({
      topic: 'changed',
      payload: {
        rolloutId: 'web',
        entityRef: 'component:default/web',
        version: 4,
        phase: 'RollingBack',
        outcome: 'MetricFailed',
      },
    });
  });

  const seen = {
    at: 1,
    weight: 5,
    verified: false,
    canary: { desired: 1, ready: 0 },
  };
  it.each<[string, Partial<RolloutState>, Partial<RolloutState>, string[]]>([
    ['another version', {}, { version: 4 }, ['changed']],
    [
      'a pod more',
      { seen },
      {
        seen: { ...seen, canary: { desired: 1, ready: 1 } },
      },
      ['changed'],
    ],
    [
      'another measurement',
      { analyses: metrics(1) },
      {
        analyses: metrics(2),
      },
      ['changed'],
    ],
    [
      'another reason to wait',
      {},
      {
        waitingFor: { reason: 'Pods', message: '', nextCheckAt: 1 },
      },
      ['changed'],
    ],
    ['only a later look', { seen }, { seen: { ...seen, at: 2 } }, []],
    ['only a later next look', { requeueAt: 1 }, { requeueAt: 2 }, []],
    [
      'what was missing and is undefined now',
      { analyses: metrics(1) },
      {
        analyses: metrics(1).map(run => ({
          ...run,
          metrics: run.metrics.map(one => ({ ...one, requests: undefined })),
        })),
      },
      [],
    ],
    ['nothing', {}, {}, []],
  ])('for %s', (_, before, after, want) => {
    expect(
      topics(
        { ...running, ...before },
        { ...running, ...before, ...after },
        [],
      ),
    ).toEqual(want);
  });

  it('follows every event and every start', () => {
    expect(topics(running, running, [eventFixture('looked')])).toEqual([
      'changed',
    ]);
    expect(topics(undefined, running, [])).toEqual(['changed']);
  });

  it.each<[string, Partial<HoldState>, string | undefined]>([
    ['an approval', {}, 'The rollout of web waits for an approval'],
    [
      'an approval with a timeout',
      { endsBy: 'rollback', until: 9 },
      'The rollout of web waits for an approval',
    ],
    [
      'a pause without end',
      { reason: 'StepPause' },
      'The rollout of web waits to be promoted',
    ],
    [
      'a timed pause',
      { reason: 'StepPause', endsBy: 'time', until: 9 },
      undefined,
    ],
    [
      'a pause that is taken back unless promoted',
      { reason: 'StepPause', endsBy: 'rollback', until: 9 },
      'The rollout of web waits to be promoted',
    ],
    [
      'an undecided gate',
      { reason: 'Inconclusive', endsBy: 'rollback', until: 9 },
      'The rollout of web is held and needs a look',
    ],
    ['a pause by hand', { reason: 'Manual' }, undefined],
    [
      'a foreign change',
      { reason: 'ForeignChange', endsBy: 'rollback' },
      'The rollout of web is held and needs a look',
    ],
    [
      'missing data for a while',
      { reason: 'NoData', endsBy: 'data', until: 9 },
      undefined,
    ],
    [
      'missing data for good',
      { reason: 'NoData' },
      'The rollout of web is held and needs a look',
    ],
  ])('of %s tells the owners: %s', (_, changes, title) => {
    const next = hold(changes);
    expect(notices(running, next, [])).toEqual(
      title === undefined
        ? []
        : [
            {
              rolloutId: 'web',
              entityRef: 'component:default/web',
              title,
              description: 'for group:sre',
              severity: 'normal',
            },
          ],
    );
    expect(notices(next, next, [])).toEqual([]);
  });

  it.each<[string, HoldState['reason'], HoldState['endsBy']]>([
    ['the plan has waited for data long enough', 'NoData', 'data'],
    ['a pause for them follows a timed one at once', 'StepPause', 'time'],
  ])('tells the owners when %s', (_, reason, endsBy) => {
    const before = hold({ reason, endsBy, until: 9 });
    const after = hold({ reason, endsBy: 'person' });
    expect(notices(before, after, [])).toHaveLength(1);
  });

  it.each<[string, RolloutState['phase'], RolloutState['phase'], any]>([
    [
      'success',
      'Promoting',
      'Succeeded',
      { title: 'The rollout of web succeeded', severity: 'low' },
    ],
    [
      'a rollback as soon as it is decided',
      'Progressing',
      'RollingBack',
      { title: 'web is being rolled back', severity: 'high' },
    ],
    [
      'an end without a way back',
      'Pending',
      'RolledBack',
      { title: 'web was rolled back', severity: 'high' },
    ],
    ['the end of a rollback', 'RollingBack', 'RolledBack', undefined],
    ['progress', 'Initializing', 'Progressing', undefined],
  ])('tells the owners of %s once', (_, from, to, want) => {
    const outcome = {
      result: 'RolledBack',
      reason: 'MetricFailed',
      message: 'why',
    } as const;
    const next = { ...running, phase: to, outcome };
    expect(notices({ ...running, phase: from }, next, [])).toMatchObject(
      want ? [{ ...want, description: 'why' }] : [],
    );
    expect(notices(next, next, [])).toEqual([]);
  });

  it('spares the person who caused it, and cuts long stories', () => {
    const outcome = {
      result: 'RolledBack',
      reason: 'Aborted',
      message: 'x'.repeat(9_000),
    } as const;
    const [notice] = notices(
      running,
      { ...running, phase: 'RollingBack', outcome },
      [eventFixture('abort', { kind: 'Command', actor: 'user:default/ada' })],
    );
    expect(notice).toMatchObject({ exclude: 'user:default/ada' });
    expect(notice.description).toHaveLength(500);
  });
});
