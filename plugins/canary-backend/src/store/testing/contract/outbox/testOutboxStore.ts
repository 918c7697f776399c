/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { OutboxStore } from '../../../ports/OutboxStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf } from '../writeRollout';

const HOUR = 3_600_000;

/** What being an `OutboxStore` means: each message arrives, in its order, from one relay at a time. */
export function testOutboxStore(
  open: OpenReplicas<RolloutStore & OutboxStore>,
): void {
  let store: RolloutStore & OutboxStore;
  let other: RolloutStore & OutboxStore;
  beforeEachOpen(open, (first, second) => {
    store = first;
    other = second;
  });

  const send = async (id: string, ...names: string[]) => {
    const rollout = (await store.get(id)) ?? (await addRollout(store, id));
    return store.commit(
      commitOf(rollout, {
        outbox: names.map(name => ({
          topic: name.startsWith('n') ? 'notify' : 'changed',
          payload: { name },
        })),
      }),
    );
  };
  const take = async (on = store, holdMs = HOUR) =>
    on.claimOutbox({ limit: 99, holdMs });
  const namesOf = (messages: readonly { payload: any }[]) =>
    messages.map(({ payload }) => payload.name);

  it('gives the oldest message of each rollout and topic, until it arrived', async () => {
    await send('a', 'c1', 'n1', 'c2');
    await send('b', 'c3');
    const [c1, n1, c3] = await take();
    expect(namesOf([c1, n1, c3])).toEqual(['c1', 'n1', 'c3']);
    expect(await take()).toEqual([]);
    await store.markDelivered([c1.id, c3.id]);
    expect(namesOf(await take())).toEqual(['c2']);
  });

  it('gives a message again when its taker vanished', async () => {
    await send('a', 'c1');
    await take(store, 0);
    expect(namesOf(await take())).toEqual(['c1']);
  });

  it('holds back what stands behind a message that failed', async () => {
    await send('a', 'c1', 'c2');
    const [first] = await take();
    await store.markFailed(first.id, HOUR);
    expect(await take()).toEqual([]);
    await store.markFailed(first.id, -1);
    expect(await take()).toMatchObject([
      { payload: { name: 'c1' }, attempts: 2 },
    ]);
  });

  it('gives every message to one of several relays', async () => {
    for (let index = 0; index < 10; index += 1) {
      await send(`r${index}`, `c${index}`);
    }
    const taken = await Promise.all(
      Array.from({ length: 6 }, (_, index) => take([store, other][index % 2])),
    );
    expect(namesOf(taken.flat()).sort()).toEqual(
      Array.from({ length: 10 }, (_, index) => `c${index}`),
    );
  });

  it('forgets nothing where nothing was delivered', async () => {
    await send('a', 'c1');
    await store.markDelivered([]);
    expect(namesOf(await take())).toEqual(['c1']);
  });
}
