/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { CanaryStore } from '../../../ports/CanaryStore';
import { eventFixture, rolloutFixture } from '../../rolloutFixture';
import { outcomesOf } from '../outcomesOf';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, endRollout } from '../writeRollout';

const HOSTILE = `NUL \u0000 lone \ud800 quote ' " \\ line\u2028 <b>🐤</b> {{x}} -- ;`;

/** What the start of a rollout guarantees. */
export function testStarts(open: OpenReplicas<CanaryStore>): void {
  let store: CanaryStore;
  let other: CanaryStore;
  beforeEachOpen(open, (first, second) => {
    store = first;
    other = second;
  });

  const add = (id: string, changes = {}) => addRollout(store, id, changes);

  it('gives back what was started, unleased, at its first revision', async () => {
    const created = await add('web');
    expect(created).toEqual({
      state: rolloutFixture('web'),
      revision: 1,
      epoch: 0,
    });
    await expect(store.get('web')).resolves.toEqual(created);
  });

  it.each(['nobody', '', 'NUL \u0000', "' OR 1=1 --"])(
    'knows no rollout %j',
    async id => {
      await add('web');
      await expect(store.get(id)).resolves.toBeUndefined();
    },
  );

  it('keeps hostile text of the state and of events as it is', async () => {
    const rollout = rolloutFixture('web', { reason: HOSTILE });
    await store.create(
      rollout,
      [eventFixture(HOSTILE, { data: { [HOSTILE]: [HOSTILE] } })],
      [],
    );
    expect((await store.get('web'))?.state).toEqual(rollout);
    expect((await store.events('web', {})).items[0]).toMatchObject({
      message: HOSTILE,
      data: { [HOSTILE]: [HOSTILE] },
    });
    expect(await store.verifyEvents('web')).toEqual({
      valid: true,
      length: 1,
    });
  });

  it('refuses a second active rollout of a workload and names the first', async () => {
    await add('web');
    const again = rolloutFixture('again', {
      target: rolloutFixture('web').target,
    });
    const outbox = [{ topic: 'changed' as const, payload: {} }];
    await expect(
      store.create(again, [eventFixture('started')], outbox),
    ).rejects.toMatchObject({
      name: 'ConflictError',
      message: expect.stringContaining('Rollout web'),
    });
    await expect(store.get('again')).resolves.toBeUndefined();
    await expect(store.claimOutbox({ limit: 9, holdMs: 0 })).resolves.toEqual(
      [],
    );
  });

  it.each(['cluster', 'namespace', 'name'])(
    'lets workloads that differ in their %s be rolled out side by side',
    async part => {
      const { target } = (await add('web')).state;
      await add('other', { target: { ...target, [part]: 'different' } });
      expect((await store.list({})).items).toHaveLength(2);
    },
  );

  it('starts a rollout of a workload whose last one has ended', async () => {
    const first = await add('web');
    await endRollout(store, first);
    await add('next', { target: first.state.target });
    expect((await store.active(first.state.target))?.state.id).toBe('next');
  });

  it('refuses an id that exists', async () => {
    await endRollout(store, await add('web'));
    await expect(add('web')).rejects.toMatchObject({
      name: 'ConflictError',
      message: 'There already is a rollout web.',
    });
  });

  it('lets one of many simultaneous starts of a workload win', async () => {
    const { target } = rolloutFixture('web');
    const { won, errors } = await outcomesOf(
      Array.from({ length: 12 }, (_, index) =>
        [store, other][index % 2].create(
          rolloutFixture(`web-${index}`, { target }),
          [eventFixture('started')],
          [],
        ),
      ),
    );
    expect(won).toBe(1);
    expect(new Set(errors)).toEqual(new Set(['ConflictError']));
    expect((await store.list({})).items).toHaveLength(1);
  });
}
