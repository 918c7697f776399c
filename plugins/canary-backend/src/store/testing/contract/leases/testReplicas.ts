/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout } from '../writeRollout';
import { OwningStore } from './testOwners';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** What a heartbeat guarantees. */
export function testReplicas(open: OpenReplicas<OwningStore>): void {
  let store: OwningStore;
  beforeEachOpen(open, first => {
    store = first;
  });

  const beat = (replica: string, leaseMs = HOUR, reaches: string[] = []) =>
    store.beat({ replica, leaseMs, reaches });
  const namesOf = (live: readonly { id: string }[]) =>
    live.map(({ id }) => id).sort();

  it('tells the time, and everybody who is alive', async () => {
    await beat('one', HOUR, ['shop']);
    await beat('dead', 0);
    const { now, live } = await beat('two', HOUR, ['shop', 'barn']);
    expect(namesOf(live)).toEqual(store.shared ? ['one', 'two'] : ['two']);
    expect(live.find(({ id }) => id === 'two')).toEqual({
      id: 'two',
      reaches: ['shop', 'barn'],
      beatAt: now,
    });
  });

  it('counts a replica as alive to itself, whatever its lease', async () => {
    expect(namesOf((await beat('one', 0)).live)).toEqual(['one']);
  });

  it('renews the lease, and what the replica reaches', async () => {
    await beat('one', 0, ['shop']);
    await beat('one', HOUR, ['barn']);
    const { live } = await beat('one', HOUR, ['barn']);
    expect(live).toMatchObject([{ id: 'one', reaches: ['barn'] }]);
  });

  it('ends the lease of a replica that leaves', async () => {
    await beat('one');
    await store.leave('one');
    expect(namesOf((await beat('two')).live)).toEqual(['two']);
  });

  it('forgets who ended a day ago, unless a rollout still names it', async () => {
    await beat('ended', -2 * DAY);
    await beat('owing', -2 * DAY);
    await beat('lately', -HOUR);
    await addRollout(store, 'web');
    await store.claim('owing', ['web']);
    await store.forgetReplicas();
    await beat('two');
    const [claimed] = await store.claim('two', ['web']);
    expect(claimed.attendedUntil).toEqual(expect.any(Number));

    await store.forgetReplicas();
    await addRollout(store, 'api');
    await store.claim('ended', ['api']);
    const [again] = await store.claim('two', ['api']);
    expect(again.attendedUntil).toBeUndefined();
  });
}
