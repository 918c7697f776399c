/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { LeaseStore } from '../../../ports/LeaseStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { FAR_AWAY, LONG_AGO } from '../../rolloutFixture';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, endRollout } from '../writeRollout';

const HOUR = 3_600_000;

/** What is guaranteed while a lease is held, and when it is given back. */
export function testRenewals(
  open: OpenReplicas<RolloutStore & LeaseStore>,
): void {
  let store: RolloutStore & LeaseStore;
  beforeEachOpen(open, first => {
    store = first;
  });

  const add = (id: string, changes = {}) => addRollout(store, id, changes);
  const claim = (
    limit: number,
    { owner = 'one', leaseMs = HOUR, on = store, ids = undefined as any } = {},
  ) => on.claim({ owner, leaseMs, limit, ids });

  it('lengthens a lease under its own epoch only', async () => {
    await add('web');
    await claim(1, { leaseMs: 0 });
    expect(await store.renew('web', 0, HOUR, LONG_AGO)).toBe(false);
    expect(await store.renew('nobody', 1, HOUR, LONG_AGO)).toBe(false);
    expect(await store.renew('web', 1, HOUR, LONG_AGO)).toBe(true);
    expect(await claim(1, { owner: 'two' })).toEqual([]);
  });

  it('moves the time of the next look without a new revision, for every reader', async () => {
    await add('web');
    const [claimed] = await claim(1);
    await store.renew('web', 1, HOUR, FAR_AWAY);
    const { state, revision } = claimed;
    const moved = { state: { ...state, requeueAt: FAR_AWAY }, revision };
    expect(await store.get('web')).toMatchObject(moved);
    expect((await store.list({})).items).toMatchObject([moved]);
    await store.release('web', 1, FAR_AWAY + 1);
    expect(await store.nextRequeueAt()).toBe(FAR_AWAY + 1);
    expect((await store.active(state.target))?.state.requeueAt).toBe(
      FAR_AWAY + 1,
    );
  });

  it('keeps the time of the next look when a release names none', async () => {
    await add('web', { requeueAt: FAR_AWAY });
    await claim(1, { ids: ['web'] });
    await store.release('web', 1, undefined);
    expect((await store.get('web'))?.state.requeueAt).toBe(FAR_AWAY);
  });

  it('does not renew what was released', async () => {
    await add('web');
    await claim(1);
    await store.release('web', 1, LONG_AGO);
    expect(await store.renew('web', 1, HOUR, LONG_AGO)).toBe(false);
  });

  it('leaves the lease of the next owner alone', async () => {
    await add('web');
    await claim(1, { leaseMs: 0 });
    await claim(1, { owner: 'two' });
    await store.release('web', 1, LONG_AGO);
    expect((await store.get('web'))?.lease?.owner).toBe('two');
  });

  it('says when the next rollout that nobody holds is due', async () => {
    expect(await store.nextRequeueAt()).toBeUndefined();
    await add('far', { requeueAt: FAR_AWAY });
    await endRollout(store, await add('over'));
    expect(await store.nextRequeueAt()).toBe(FAR_AWAY);
    await add('soon', { requeueAt: LONG_AGO });
    expect(await store.nextRequeueAt()).toBe(LONG_AGO);
    await claim(1);
    expect(await store.nextRequeueAt()).toBe(FAR_AWAY);
    await store.release('soon', 1, LONG_AGO);
    await claim(1, { leaseMs: 0 });
    expect(await store.nextRequeueAt()).toBe(LONG_AGO);
  });
}
