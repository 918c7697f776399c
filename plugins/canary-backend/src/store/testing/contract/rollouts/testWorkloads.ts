/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { Instant } from '../../../../rollout';
import { RolloutStore } from '../../../ports/RolloutStore';
import { LONG_AGO, rolloutFixture } from '../../rolloutFixture';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, endRollout, idsOf } from '../writeRollout';

const { target, plan } = rolloutFixture('web');
const OBSERVING = { plan: { ...plan, observeOnly: true as const } };

/** What is guaranteed of the rollouts of one workload. */
export function testWorkloads(open: OpenReplicas<RolloutStore>): void {
  let store: RolloutStore;
  beforeEachOpen(open, first => {
    store = first;
  });

  const add = (id: string, changes = {}) =>
    addRollout(store, id, { target, ...changes });
  const succeed = async (id: string, finishedAt: Instant, changes = {}) =>
    endRollout(store, await add(id, changes), 'Succeeded', finishedAt);
  const rollBack = async (id: string, finishedAt: Instant, changes = {}) =>
    endRollout(store, await add(id, changes), 'RolledBack', finishedAt);

  it('finds the active one, and none of another workload', async () => {
    await succeed('old', LONG_AGO + 1);
    await succeed('good', LONG_AGO + 2);
    await rollBack('bad', LONG_AGO + 3);
    expect(await store.active(target)).toBeUndefined();
    await add('now');
    expect((await store.active(target))?.state.id).toBe('now');
    const other = { ...target, namespace: 'other' };
    expect(await store.active(other)).toBeUndefined();
  });

  it('tells of a whole page at once which other one runs and which succeeded last', async () => {
    await succeed('old', LONG_AGO + 1);
    await succeed('good', LONG_AGO + 2);
    await rollBack('bad', LONG_AGO + 3);
    await add('now', { phase: 'Paused' });
    const elsewhere = { target: { ...target, cluster: 'eu' } };
    await succeed('far', LONG_AGO + 9, elsewhere);
    await addRollout(store, 'alone');
    const web = {
      active: { id: 'now', phase: 'Paused' },
      latestSucceeded: 'good',
    };
    const ids = ['old', 'bad', 'now', 'far', 'alone', 'none'];
    expect(Object.fromEntries(await store.sameWorkloadRollouts(ids))).toEqual({
      old: web,
      bad: web,
      now: web,
      far: { latestSucceeded: 'far' },
      alone: { active: { id: 'alone', phase: 'Progressing' } },
    });
    expect((await store.sameWorkloadRollouts([])).size).toBe(0);
  });

  it('finds the latest, and of those that only observed the ones that succeeded', async () => {
    const at = (startedAt: Instant) => ({ startedAt, ...OBSERVING });
    await succeed('one', LONG_AGO, at(LONG_AGO + 1));
    await succeed('two', LONG_AGO, at(LONG_AGO + 2));
    await succeed('three', LONG_AGO, at(LONG_AGO + 3));
    await rollBack('back', LONG_AGO + 5, at(LONG_AGO + 4));
    await succeed('release', LONG_AGO, { startedAt: LONG_AGO + 6 });
    await succeed('far', LONG_AGO, {
      ...at(LONG_AGO + 7),
      target: { ...target, namespace: 'other' },
    });
    await add('now', at(LONG_AGO + 8));

    const latest = async (limit: number, observed?: true) =>
      idsOf(await store.latest({ target, limit, observed }));
    expect(await latest(2, true)).toEqual(['three', 'two']);
    expect(await latest(9, true)).toEqual(['three', 'two', 'one']);
    expect(await latest(3)).toEqual(['now', 'release', 'back']);
  });

  it('lists what ended after an instant, and nothing that goes on', async () => {
    await succeed('before', LONG_AGO + 1);
    await rollBack('second', LONG_AGO + 3);
    const elsewhere = { target: { ...target, cluster: 'eu' } };
    await succeed('first', LONG_AGO + 2, elsewhere);
    await add('now');
    expect(await store.endedSince(LONG_AGO + 1)).toEqual([
      { id: 'first', cluster: 'eu', finishedAt: LONG_AGO + 2 },
      { id: 'second', cluster: target.cluster, finishedAt: LONG_AGO + 3 },
    ]);
    expect(await store.endedSince(LONG_AGO + 3)).toEqual([]);
  });

  it('takes no observation for a success that could be rolled back', async () => {
    await succeed('release', LONG_AGO + 1);
    await succeed('seen', LONG_AGO + 2, OBSERVING);
    const around = await store.sameWorkloadRollouts(['release']);
    expect([...around.values()]).toEqual([{ latestSucceeded: 'release' }]);
  });
}
