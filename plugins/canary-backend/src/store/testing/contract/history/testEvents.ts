/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { InputError } from '@backstage/errors';
import { HistoryStore } from '../../../ports/HistoryStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { eventFixture, rolloutFixture } from '../../rolloutFixture';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf } from '../writeRollout';

/** What is guaranteed of the events of a rollout. */
export function testEvents(
  open: OpenReplicas<RolloutStore & HistoryStore>,
): void {
  let store: RolloutStore & HistoryStore;
  let other: RolloutStore & HistoryStore;
  beforeEachOpen(open, (first, second) => {
    store = first;
    other = second;
  });

  const add = (id: string) => addRollout(store, id);

  it('numbers and pages events in the order in which they happened', async () => {
    let rollout = await add('web');
    for (const message of ['one', 'two', 'three']) {
      rollout = await store.commit(
        commitOf(rollout, { events: [eventFixture(message)] }),
      );
    }
    const first = await store.events('web', { limit: 3 });
    const last = await store.events('web', {
      limit: 3,
      cursor: first.nextCursor,
    });
    expect(last.nextCursor).toBeUndefined();
    expect(
      [...first.items, ...last.items].map(({ sequence, message }) => [
        sequence,
        message,
      ]),
    ).toEqual([
      [1, 'started'],
      [2, 'one'],
      [3, 'two'],
      [4, 'three'],
    ]);
    expect(first.items[0]).toEqual({
      rolloutId: 'web',
      sequence: 1,
      at: '2001-01-01T00:00:00.000Z',
      kind: 'Decision',
      actor: 'system',
      message: 'started',
      data: { rule: 'started' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('refuses the cursor of another rollout, and limits out of bounds', async () => {
    const web = await add('web');
    await add('other');
    await store.commit(commitOf(web, { events: [eventFixture('two')] }));
    const { nextCursor: cursor } = await store.events('web', { limit: 1 });
    await expect(store.events('other', { cursor })).rejects.toThrow(InputError);
    await expect(store.events('web', { limit: 0 })).rejects.toThrow(InputError);
  });

  it.each(['nobody', 'NUL \u0000'])(
    'finds nothing of %j, and says so',
    async id => {
      const notFound = { name: 'NotFoundError' };
      await expect(store.events(id, {})).rejects.toMatchObject(notFound);
      await expect(store.measurements(id, {})).rejects.toMatchObject(notFound);
      await expect(store.verifyEvents(id)).rejects.toMatchObject(notFound);
    },
  );

  it('proves a history of thousands of events', async () => {
    const events = Array.from({ length: 2_500 }, (_, index) =>
      eventFixture(`event ${index}`),
    );
    await store.create(rolloutFixture('web'), events, []);
    expect(await store.verifyEvents('web')).toEqual({
      valid: true,
      length: 2_500,
    });
  });

  it('proves a history while others write to it', async () => {
    let rollout = await add('web');
    const write = async () => {
      for (let index = 0; index < 20; index += 1) {
        rollout = await store.commit(
          commitOf(rollout, { events: [eventFixture(`${index}`)] }),
        );
      }
    };
    const verify = async () => {
      const results: boolean[] = [];
      for (let index = 0; index < 20; index += 1) {
        results.push((await other.verifyEvents('web')).valid);
      }
      return results;
    };
    const [results] = await Promise.all([verify(), write()]);
    expect(results).not.toContain(false);
  });
}
