/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { InputError } from '@backstage/errors';
import { RolloutQuery } from 'backstage-plugin-canary-common';
import { RolloutStore } from '../../../ports/RolloutStore';
import { StoredRollout } from '../../../ports/StoredRollout';
import { LONG_AGO, rolloutFixture } from '../../rolloutFixture';
import { foreignCursor } from '../foreignCursor';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf, endRollout, idsOf } from '../writeRollout';

/** What a list of rollouts guarantees: every selected one once, and no text from outside in its SQL. */
export function testLists(open: OpenReplicas<RolloutStore>): void {
  let store: RolloutStore;
  beforeEachOpen(open, first => {
    store = first;
  });

  const add = (id: string, changes = {}) => addRollout(store, id, changes);
  const end = (rollout: StoredRollout) => endRollout(store, rollout);

  it('pages through all rollouts once, newest first, those of one instant by id', async () => {
    const wanted: string[] = [];
    for (let index = 0; index < 7; index += 1) {
      const id = `r${index}`;
      await add(id, { startedAt: LONG_AGO + Math.floor(index / 3) });
      wanted.unshift(id);
    }
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await store.list({ limit: 2, cursor });
      seen.push(...idsOf(page.items));
      cursor = page.nextCursor;
    } while (cursor);
    expect(seen).toEqual(wanted);
  });

  it('has no next cursor behind a last page that is full', async () => {
    await add('a');
    await add('b');
    expect((await store.list({ limit: 2 })).nextCursor).toBeUndefined();
  });

  it('keeps its place while newer rollouts start', async () => {
    await add('a', { startedAt: LONG_AGO });
    await add('b', { startedAt: LONG_AGO + 1 });
    const { nextCursor } = await store.list({ limit: 1 });
    await add('c', { startedAt: LONG_AGO + 2 });
    const next = await store.list({ limit: 1, cursor: nextCursor });
    expect(idsOf(next.items)).toEqual(['a']);
  });

  it('filters by entity and by any of several phases', async () => {
    await add('a', { phase: 'Paused' });
    await add('b', { phase: 'Progressing' });
    await end(await add('c'));
    const list = async (query: object) =>
      idsOf((await store.list(query)).items).sort();
    expect(await list({ entityRef: 'component:default/a' })).toEqual(['a']);
    expect(await list({ phase: ['Paused', 'Succeeded'] })).toEqual(['a', 'c']);
    expect(await list({ phase: [] })).toEqual(['a', 'b', 'c']);
    expect(
      await list({ entityRef: 'component:default/a', phase: ['Succeeded'] }),
    ).toEqual([]);
    expect(await list({ entityRef: "x' OR '1'='1" })).toEqual([]);
  });

  it('filters by owner, system, cluster, starter and attention', async () => {
    const shop = { owner: 'group:default/shop', system: 'system:default/s' };
    await add('a', { ...shop, startedBy: 'service:plugin:ci' });
    await add('b', { ...shop, owner: 'group:default/sre' });
    await add('c', {
      target: { ...rolloutFixture('c').target, cluster: 'eu' },
      holds: [
        {
          reason: 'Manual',
          message: 'Wait.',
          since: LONG_AGO,
          endsBy: 'person',
        },
      ],
    });
    const list = async (query: RolloutQuery) =>
      idsOf((await store.list(query)).items).sort();
    expect(await list({ owner: [shop.owner] })).toEqual(['a']);
    expect(
      await list({ owner: [shop.owner, 'group:default/sre', shop.owner] }),
    ).toEqual(['a', 'b']);
    expect(await list({ owner: [] })).toEqual(['a', 'b', 'c']);
    expect(await list({ system: shop.system })).toEqual(['a', 'b']);
    expect(
      await list({ system: shop.system, owner: ['group:default/sre'] }),
    ).toEqual(['b']);
    expect(await list({ cluster: 'eu' })).toEqual(['c']);
    expect(await list({ attention: true })).toEqual(['c']);
    expect(await list({ attention: false })).toEqual(['a', 'b', 'c']);
    expect(await list({ startedBy: 'service:plugin:ci' })).toEqual(['a']);
  });

  it('moves a rollout in and out of those that need a person', async () => {
    const web = await add('web');
    const held = await store.commit(
      commitOf(web, {
        next: {
          ...web.state,
          waitingFor: {
            reason: 'ClusterUnreachable',
            message: 'production does not answer.',
            nextCheckAt: LONG_AGO,
          },
        },
      }),
    );
    const ids = async () =>
      idsOf((await store.list({ attention: true })).items);
    expect(await ids()).toEqual(['web']);
    await end(held);
    expect(await ids()).toEqual([]);
  });

  it.each([0, -1, 1.5, 201, NaN, Infinity])(
    'refuses the limit %s',
    async limit => {
      await expect(store.list({ limit })).rejects.toThrow(InputError);
    },
  );

  it.each([
    ['text', 'hello'],
    ['nothing', ''],
    ['JSON of another shape', foreignCursor({})],
    ['a foreign list', foreignCursor(['events:web', 1])],
    ['too few values', foreignCursor(['rollouts', 1])],
    ['too many values', foreignCursor(['rollouts', 1, 'a', 'b'])],
    ['a number for an id', foreignCursor(['rollouts', 1, 1])],
    ['SQL for a number', foreignCursor(['rollouts', '1); DROP TABLE x', 'a'])],
    ['a number beyond all bounds', foreignCursor(['rollouts', 1e300, 'a'])],
    ['a NUL', foreignCursor(['rollouts', 1, '\u0000'])],
    ['megabytes', 'A'.repeat(3_000_000)],
  ])('refuses a cursor made of %s', async (_, cursor) => {
    await expect(store.list({ cursor })).rejects.toThrow(InputError);
  });

  it.each([
    ['an unknown phase', { phase: ['Nowhere'] as any }],
    ['a NUL in the entity', { entityRef: 'a\u0000' }],
    ['a NUL in an owner', { owner: ['a', 'b\u0000'] }],
    ['a NUL in the system', { system: '\u0000' }],
    ['a NUL in the cluster', { cluster: '\u0000' }],
    ['a NUL in the starter', { startedBy: '\u0000' }],
    ['thousands of owners', { owner: Array(40_000).fill('group:x/y') }],
  ])('refuses %s', async (_, query) => {
    await expect(store.list(query)).rejects.toThrow(InputError);
  });
}
