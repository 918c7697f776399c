import { rolloutFixture } from '../../store/testing/rolloutFixture';
import { StoredRollout } from '../../store';
import { RolloutState } from '../../rollout';
import { sortTakenNames } from './sortTakenNames';

const { target } = rolloutFixture('web');
const REFUSAL = 'Deployment shop/web-canary exists already';
const taken = (rolloutId: string, refusal: string | undefined = REFUSAL) => ({
  rolloutId,
  what: `Deployment shop/web-canary of rollout ${rolloutId}`,
  refusal,
});

/** A store with rollouts of `web`, of which the last ones are the latest. */
function storeOf(...rollouts: readonly Partial<RolloutState>[]) {
  const rows = rollouts.map(
    changes =>
      ({
        state: rolloutFixture(changes.id!, { target, ...changes }),
      } as StoredRollout),
  );
  return {
    get: async (id: string) => rows.find(({ state }) => state.id === id),
    latest: async () => rows.slice(-1),
  };
}

describe('sortTakenNames', () => {
  it('takes what is of a rollout that ended for a leftover, however long ago that was', async () => {
    const store = storeOf(
      { id: 'old', phase: 'RolledBack' },
      { id: 'last', phase: 'Succeeded' },
    );
    const names = [taken('old')];
    expect(await sortTakenNames({ store }, target, names)).toEqual({
      refusals: [],
      warnings: [
        'Deployment shop/web-canary of rollout old, which has ended, is left over; it is removed first.',
      ],
      endedBefore: ['last', 'old'],
    });
  });

  it.each<[string, Partial<RolloutState>]>([
    ['nobody here knows', { id: 'other', phase: 'Succeeded' }],
    ['goes on', { id: 'r1', phase: 'RollingBack' }],
    [
      'is of another workload',
      { id: 'r1', phase: 'Succeeded', target: { ...target, name: 'shop' } },
    ],
    [
      'is of another cluster',
      { id: 'r1', phase: 'Succeeded', target: { ...target, cluster: 'us' } },
    ],
  ])('leaves alone what is of a rollout that %s', async (_, rollout) => {
    const store = {
      ...storeOf(rollout),
      latest: async () => [],
    };
    expect(await sortTakenNames({ store }, target, [taken('r1')])).toEqual({
      refusals: [REFUSAL],
      warnings: [],
      endedBefore: [],
    });
  });

  it('refuses nothing for a name that is not needed', async () => {
    const names = [{ ...taken('other'), refusal: undefined }];
    expect(await sortTakenNames({ store: storeOf() }, target, names)).toEqual({
      refusals: [],
      warnings: [],
      endedBefore: [],
    });
  });
});
