/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { CanaryStore } from '../../../ports/CanaryStore';
import {
  eventFixture,
  FAR_AWAY,
  measurementFixture,
} from '../../rolloutFixture';
import { outcomesOf } from '../outcomesOf';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf, endRollout, idsOf } from '../writeRollout';

const HOUR = 3_600_000;

/** What a commit guarantees: all of a decision or nothing, by its one writer. */
export function testCommits(open: OpenReplicas<CanaryStore>): void {
  let store: CanaryStore;
  let other: CanaryStore;
  beforeEachOpen(open, (first, second) => {
    store = first;
    other = second;
  });

  const add = (id: string) => addRollout(store, id);
  const messagesOf = async (id: string) =>
    (await store.events(id, {})).items.map(({ message }) => message);
  const claim = async (id: string, owner = 'one', on = store) => {
    await on.beat({ replica: owner, leaseMs: HOUR, reaches: [] });
    const [{ stored }] = await on.claim(owner, [id]);
    return stored;
  };

  it('writes state, events, measurements and messages, and keeps the owner', async () => {
    await add('web');
    const claimed = await claim('web');
    const measurement = measurementFixture(
      'errors',
      '2026-01-31T12:00:00.000Z',
    );
    const next = {
      ...claimed.state,
      version: 7,
      requeueAt: FAR_AWAY,
      phase: 'Paused' as const,
    };
    const committed = await store.commit(
      commitOf(claimed, {
        next,
        events: [eventFixture('one'), eventFixture('two')],
        measurements: [measurement],
        outbox: [{ topic: 'changed', payload: { version: 7 } }],
      }),
    );
    expect(committed).toEqual({ ...claimed, state: next, revision: 2 });
    expect(await store.get('web')).toEqual(committed);
    expect(await messagesOf('web')).toEqual(['started', 'one', 'two']);
    expect((await store.measurements('web', {})).items).toEqual([measurement]);
    expect(await store.claimOutbox({ limit: 9, holdMs: 0 })).toMatchObject([
      {
        rolloutId: 'web',
        topic: 'changed',
        payload: { version: 7 },
        attempts: 0,
      },
    ]);
    expect(idsOf((await store.list({ phase: ['Paused'] })).items)).toEqual([
      'web',
    ]);
    expect(await store.owned('one')).toMatchObject([{ id: 'web' }]);
  });

  it.each([
    ['a revision that is yet to come', { revision: 2 }],
    ['a former revision', { revision: 0 }],
    ['an epoch that nobody was given', { epoch: 1 }],
  ])('refuses %s and writes nothing', async (_, changes) => {
    const created = await add('web');
    await expect(
      store.commit(
        commitOf(created, {
          ...changes,
          events: [eventFixture('late')],
          outbox: [{ topic: 'changed', payload: {} }],
        }),
      ),
    ).rejects.toMatchObject({ name: 'ConflictError' });
    expect(await store.get('web')).toEqual(created);
    expect(await messagesOf('web')).toEqual(['started']);
    expect(await store.claimOutbox({ limit: 9, holdMs: 0 })).toEqual([]);
  });

  it('refuses a stalled former owner, whose rollout somebody took', async () => {
    await add('web');
    const stalled = await claim('web');
    await store.leave('one');
    await claim('web', 'two');
    await expect(store.commit(commitOf(stalled))).rejects.toMatchObject({
      name: 'ConflictError',
    });
  });

  it('takes owner and epoch in the commit of a command that ends a rollout', async () => {
    await add('web');
    const held = await claim('web');
    const taken = await other.commit(
      commitOf(held, { takeover: { owner: 'command' } }),
    );
    expect(taken).toMatchObject({ revision: 2, epoch: 2, owner: 'command' });
    expect(await store.handOver('web', 1, 'one')).toBe(false);
    await expect(
      store.commit(commitOf({ ...held, revision: 2 })),
    ).rejects.toMatchObject({ name: 'ConflictError' });
  });

  it('lets one of many commits of a revision win, with its events alone', async () => {
    const created = await add('web');
    const { won, errors } = await outcomesOf(
      Array.from({ length: 16 }, (_, index) =>
        [store, other][index % 2].commit(
          commitOf(created, { events: [eventFixture(`writer ${index}`)] }),
        ),
      ),
    );
    expect(won).toBe(1);
    expect(new Set(errors)).toEqual(new Set(['ConflictError']));
    expect((await store.get('web'))?.revision).toBe(2);
    expect(await messagesOf('web')).toHaveLength(2);
    expect(await store.verifyEvents('web')).toEqual({
      valid: true,
      length: 2,
    });
  });

  it('writes nothing at all when a part of it cannot be written', async () => {
    const created = await add('web');
    await expect(
      store.commit(
        commitOf(created, {
          events: [eventFixture('lost')],
          measurements: [measurementFixture('errors', 'no instant')],
          outbox: [{ topic: 'changed', payload: {} }],
        }),
      ),
    )
      // Not toThrow: the driver's error class may stem from another test
      // file's realm, where no `instanceof` recognises it.
      .rejects.toHaveProperty('message');
    expect(await store.get('web')).toEqual(created);
    expect(await messagesOf('web')).toEqual(['started']);
    expect(await store.claimOutbox({ limit: 9, holdMs: 0 })).toEqual([]);
    await store.commit(commitOf(created, { events: [eventFixture('two')] }));
    expect(await store.verifyEvents('web')).toMatchObject({ valid: true });
  });

  it('writes a decision whose inputs are not finite', async () => {
    const created = await add('web');
    const data = { canary: NaN, stable: Infinity };
    await store.commit(
      commitOf(created, { events: [eventFixture('NoData', { data })] }),
    );
    expect((await store.events('web', {})).items[1].data).toEqual({
      canary: null,
      stable: null,
    });
    expect(await store.verifyEvents('web')).toMatchObject({ valid: true });
  });

  it('never changes a rollout that has ended', async () => {
    const over = await endRollout(store, await add('web'));
    await expect(store.commit(commitOf(over))).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('has ended'),
    });
  });

  it('does not find a rollout of an unknown id', async () => {
    const created = await add('web');
    await expect(
      store.commit(
        commitOf(created, { id: 'x', next: { ...created.state, id: 'x' } }),
      ),
    ).rejects.toMatchObject({ name: 'NotFoundError' });
  });

  it('refuses the state of another rollout', async () => {
    const created = await add('web');
    const { state: next } = await add('other');
    await expect(store.commit(commitOf(created, { next }))).rejects.toThrow(
      'carries the state of other',
    );
  });
}
