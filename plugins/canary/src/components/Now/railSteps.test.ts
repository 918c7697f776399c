import {
  pausedFixture,
  planFixture,
  rolledBackFixture,
  rolloutFixture,
  succeededFixture,
} from '../../__testUtils__';
import { railSteps } from './railSteps';

const states = (rollout: Parameters<typeof railSteps>[0]) =>
  railSteps(rollout).map(({ state }) => state);

describe('railSteps', () => {
  it('puts the gate and the promotion behind the steps of the plan', () => {
    expect(railSteps(rolloutFixture()).map(({ kind }) => kind)).toEqual([
      'step',
      'step',
      'step',
      'step',
      'gate',
      'promotion',
    ]);
  });

  it('has no gate where the plan has no analysis', () => {
    const plan = planFixture({ analysis: 'none', steps: [] });
    expect(railSteps(rolloutFixture({ plan }))).toEqual([
      { kind: 'promotion', state: 'current' },
    ]);
  });

  it.each([
    [
      'before the first step',
      rolloutFixture({ phase: 'Initializing' }),
      ['coming', 'coming', 'coming', 'coming', 'coming', 'coming'],
    ],
    [
      'in a step',
      rolloutFixture(),
      ['done', 'done', 'current', 'coming', 'coming', 'coming'],
    ],
    [
      'in a pause',
      pausedFixture(),
      ['done', 'done', 'done', 'current', 'coming', 'coming'],
    ],
    [
      'at the gate',
      rolloutFixture({
        step: { ...rolloutFixture().step, index: 4, kind: 'gate' },
      }),
      ['done', 'done', 'done', 'done', 'current', 'coming'],
    ],
    [
      'promoting, wherever it was promoted from',
      rolloutFixture({ phase: 'Promoting' }),
      ['done', 'done', 'done', 'done', 'done', 'current'],
    ],
    [
      'at the good end',
      succeededFixture(),
      ['done', 'done', 'done', 'done', 'done', 'done'],
    ],
    [
      'at the bad end',
      rolledBackFixture(),
      ['done', 'done', 'stopped', 'skipped', 'skipped', 'skipped'],
    ],
  ])('shows where a rollout stands %s', (_, rollout, expected) => {
    expect(states(rollout)).toEqual(expected);
  });

  it('has one step where previous images are put back', () => {
    const rollout = rolloutFixture({ rollbackOf: 'before' });
    expect(railSteps(rollout)).toEqual([{ kind: 'restore', state: 'current' }]);
  });

  it('says what coming steps take, as far as the plan knows', () => {
    const steps = railSteps(rolloutFixture({ phase: 'Initializing' }));
    expect(
      steps.map(({ estimatedMs, waitsForPerson }) =>
        waitsForPerson ? 'person' : estimatedMs,
      ),
    ).toEqual([undefined, 300_000, undefined, 'person', 9000, undefined]);
  });

  it('calls what a full promotion has jumped skipped, not done', () => {
    const times = {
      steps: new Map([
        [0, { startedAt: 'then', tookMs: 3000 }],
        [1, { startedAt: 'then' }],
      ]),
      promotion: { startedAt: 'then', tookMs: 1 },
    };
    expect(
      railSteps(succeededFixture(), times).map(({ state }) => state),
    ).toEqual([
      'done',
      'passedOver',
      'passedOver',
      'passedOver',
      'passedOver',
      'done',
    ]);
  });
});
