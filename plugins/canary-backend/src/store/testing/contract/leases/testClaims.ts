/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { LeaseStore } from '../../../ports/LeaseStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { FAR_AWAY, LONG_AGO } from '../../rolloutFixture';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, endRollout, idsOf } from '../writeRollout';

const HOUR = 3_600_000;

/** What a claim guarantees: of those who want a rollout, one has it. */
export function testClaims(
  open: OpenReplicas<RolloutStore & LeaseStore>,
): void {
  let store: RolloutStore & LeaseStore;
  let other: RolloutStore & LeaseStore;
  beforeEachOpen(open, (first, second) => {
    store = first;
    other = second;
  });

  const add = (id: string, changes = {}) => addRollout(store, id, changes);
  const claim = (
    limit: number,
    { owner = 'one', leaseMs = HOUR, on = store, ids = undefined as any } = {},
  ) => on.claim({ owner, leaseMs, limit, ids });

  it('leases what is due, the most overdue first, and grows its epoch', async () => {
    await add('later', { requeueAt: LONG_AGO + 2 });
    await add('sooner', { requeueAt: LONG_AGO + 1 });
    await add('never', { requeueAt: FAR_AWAY });
    const claimed = await claim(1);
    expect(claimed).toMatchObject([
      {
        state: { id: 'sooner' },
        revision: 1,
        epoch: 1,
        lease: { owner: 'one', epoch: 1 },
      },
    ]);
    expect(await store.get('sooner')).toEqual(claimed[0]);
    expect(idsOf(await claim(9))).toEqual(['later']);
    expect(await claim(9)).toEqual([]);
  });

  it('counts an active rollout without a time as due', async () => {
    await add('web', { requeueAt: undefined });
    expect(idsOf(await claim(9))).toEqual(['web']);
  });

  it('takes over a lease that is over, under a new epoch', async () => {
    await add('web');
    await claim(1, { leaseMs: 0 });
    expect(await claim(1, { owner: 'two' })).toMatchObject([
      { epoch: 2, lease: { owner: 'two', epoch: 2 } },
    ]);
  });

  it('takes a released rollout at once', async () => {
    await add('web');
    await claim(1);
    await store.release('web', 1, LONG_AGO);
    expect((await store.get('web'))?.lease).toBeUndefined();
    expect(await claim(1)).toMatchObject([{ epoch: 2 }]);
  });

  it('takes named rollouts, due or not, but no leased, ended or unknown ones', async () => {
    await add('sleeping', { requeueAt: FAR_AWAY });
    await add('unnamed');
    await add('leased');
    await claim(1, { ids: ['leased'] });
    await endRollout(store, await add('over'));
    const ids = ['sleeping', 'leased', 'over', 'unknown', 'NUL \u0000'];
    expect(idsOf(await claim(9, { ids }))).toEqual(['sleeping']);
    expect(await claim(9, { ids: [] })).toEqual([]);
  });

  it.each([0, -1])('takes nothing for a limit of %s', async limit => {
    await add('web');
    expect(await claim(limit)).toEqual([]);
  });

  it('gives two owners that claim at once different rollouts', async () => {
    for (let index = 0; index < 20; index += 1) await add(`r${index}`);
    const batches = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        claim(3, {
          owner: `owner-${index}`,
          on: [store, other][index % 2],
        }),
      ),
    );
    for (const batch of batches) expect(batch.length).toBeLessThanOrEqual(3);
    const rest = await claim(20);
    const all = idsOf([...batches.flat(), ...rest]);
    expect(new Set(all).size).toBe(20);
    expect(all).toHaveLength(20);
  });

  it('lets one of 32 simultaneous claims of a rollout win', async () => {
    await add('web');
    const claims = await Promise.all(
      Array.from({ length: 32 }, (_, index) =>
        claim(1, {
          owner: `owner-${index}`,
          on: [store, other][index % 2],
        }),
      ),
    );
    expect(claims.flat()).toHaveLength(1);
    expect((await store.get('web'))?.epoch).toBe(1);
  });
}
