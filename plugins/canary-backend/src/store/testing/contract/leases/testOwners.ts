/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { LeaseStore } from '../../../ports/LeaseStore';
import { ReplicaStore } from '../../../ports/ReplicaStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf, endRollout } from '../writeRollout';

/** What the suites of leases ask of a store. */
export type OwningStore = Pick<
  RolloutStore,
  'create' | 'commit' | 'get' | 'isCurrent'
> &
  LeaseStore &
  ReplicaStore;

const HOUR = 3_600_000;

/** What is guaranteed of owners: of those who want a rollout, one has it. */
export function testOwners(open: OpenReplicas<OwningStore>): void {
  let store: OwningStore;
  let other: OwningStore;
  beforeEachOpen(open, (first, second) => {
    store = first;
    other = second;
  });

  const add = (id: string, changes = {}) => addRollout(store, id, changes);
  const beat = (replica: string, leaseMs = HOUR) =>
    store.beat({ replica, leaseMs, reaches: [] });
  const idsOf = (rows: readonly { id: string }[]) =>
    rows.map(({ id }) => id).sort();

  it('finds what goes on and nobody owns, whenever it is due', async () => {
    await add('web', { requeueAt: undefined });
    await add('later', { requeueAt: Date.UTC(2999, 0) });
    await endRollout(store, await add('over'));
    const orphans = await store.orphans('one', 9);
    expect(idsOf(orphans)).toEqual(['later', 'web']);
    const { state } = (await store.get('web'))!;
    expect(orphans[0].cluster).toBe(state.target.cluster);
    expect(await store.orphans('one', 1)).toHaveLength(1);
  });

  it('gives an orphan to the replica that claims it, under a new epoch', async () => {
    await beat('one');
    await add('web');
    const [claimed] = await store.claim('one', ['web']);
    expect(claimed).toMatchObject({
      stored: { state: { id: 'web' }, revision: 1, epoch: 1, owner: 'one' },
    });
    expect(claimed.attendedUntil).toBeUndefined();
    expect(await store.get('web')).toEqual(claimed.stored);
    expect(await store.orphans('one', 9)).toEqual([]);
    expect(await store.owned('one')).toEqual([
      { id: 'web', revision: 1, epoch: 1 },
    ]);
  });

  it('takes named rollouts alone, and no ended or unknown ones', async () => {
    await beat('one');
    await add('web');
    await add('unnamed');
    await endRollout(store, await add('over'));
    const ids = ['web', 'over', 'unknown', 'NUL \u0000'];
    const claimed = await store.claim('one', ids);
    expect(claimed.map(({ stored }) => stored.state.id)).toEqual(['web']);
    expect(await store.claim('one', [])).toEqual([]);
  });

  it('says until when the former owner looked after it', async () => {
    const { now } = await beat('one', 0);
    await add('web');
    await store.claim('one', ['web']);
    await beat('two');
    const [claimed] = await store.claim('two', ['web']);
    expect(claimed.stored).toMatchObject({ epoch: 2, owner: 'two' });
    expect(claimed.attendedUntil).toBe(now);
  });

  it('lets everybody take at once what a replica left', async () => {
    await beat('one');
    await add('web');
    await store.claim('one', ['web']);
    await store.leave('one');
    await beat('two');
    expect(await store.claim('two', ['web'])).toMatchObject([
      { attendedUntil: expect.any(Number), stored: { owner: 'two' } },
    ]);
  });

  it('knows by revision and epoch whether a rollout has changed', async () => {
    await beat('one');
    const read = await add('web');
    expect(await store.isCurrent(read)).toBe(true);
    const committed = await store.commit(commitOf(read));
    expect(await store.isCurrent(read)).toBe(false);
    expect(await store.isCurrent(committed)).toBe(true);
    await store.claim('one', ['web']);
    expect(await store.isCurrent(committed)).toBe(false);
  });

  it('hands a rollout over under its own epoch only', async () => {
    await beat('one');
    await beat('two');
    await add('web');
    await store.claim('one', ['web']);
    expect(await store.handOver('web', 0, 'two')).toBe(false);
    expect(await store.handOver('nobody', 1, 'two')).toBe(false);
    expect(await store.handOver('web', 1, 'two')).toBe(true);
    expect(await store.owned('one')).toEqual([]);
    expect(await store.owned('two')).toMatchObject([{ id: 'web', epoch: 2 }]);
  });

  it('makes whoever commits a take-over the owner', async () => {
    await beat('one');
    await beat('two');
    await add('web');
    const [{ stored }] = await store.claim('one', ['web']);
    await store.commit(commitOf(stored, { takeover: { owner: 'two' } }));
    expect(await store.owned('two')).toMatchObject([
      { id: 'web', revision: 2, epoch: 2 },
    ]);
    await expect(store.commit(commitOf(stored))).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('lets one of 32 simultaneous claims of a rollout win', async () => {
    const owners = Array.from({ length: 32 }, (_, n) => `owner-${n}`);
    for (const owner of owners) await beat(owner);
    await add('web');
    const claims = await Promise.all(
      owners.map((owner, n) => [store, other][n % 2].claim(owner, ['web'])),
    );
    const winners = claims.flat();
    // Where there is but one replica, whoever asks is it, and asks in its turn.
    expect(winners).toHaveLength(store.shared ? 1 : owners.length);
    expect((await store.get('web'))?.epoch).toBe(winners.length);
  });

  it('keeps what a live replica owns, where there can be several', async () => {
    await beat('one');
    await beat('two');
    await add('web');
    await store.claim('one', ['web']);
    const taken = await store.claim('two', ['web']);
    expect(taken).toHaveLength(store.shared ? 0 : 1);
    expect((await store.get('web'))?.owner).toBe(store.shared ? 'one' : 'two');
  });
}
