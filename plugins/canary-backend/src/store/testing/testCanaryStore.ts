/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { InputError } from '@backstage/errors';
import { RolloutQuery, Verdict } from 'backstage-plugin-canary-common';
import { RolloutState } from '../../rollout';
import { CanaryStore } from '../ports/CanaryStore';
import { Commit } from '../ports/RolloutStore';
import { StoredRollout } from '../ports/StoredRollout';
import {
  ended,
  eventFixture,
  FAR_AWAY,
  LONG_AGO,
  measurementFixture,
  rolloutFixture,
} from './rolloutFixture';

/** Two stores over one new, empty place, as two backend replicas have them. */
export interface OpenedStores {
  readonly first: CanaryStore;
  readonly second: CanaryStore;
  close(): Promise<void>;
}

const HOUR = 3_600_000;
const HOSTILE = `NUL \u0000 lone \ud800 quote ' " \\ line\u2028 <b>🐤</b> {{x}} -- ;`;

/**
 * What being a `CanaryStore` means. Time is never waited for: a lease of 0 ms
 * is over at once, and due times lie in 2001 or in 2999.
 */
export function testCanaryStore(open: () => Promise<OpenedStores>): void {
  let stores: OpenedStores;
  let store: CanaryStore;

  beforeEach(async () => {
    stores = await open();
    store = stores.first;
  });
  afterEach(() => stores.close());

  const add = (id: string, changes = {}) =>
    store.create(rolloutFixture(id, changes), [eventFixture('started')], []);

  const commitOf = (
    { state, revision, epoch }: StoredRollout,
    changes: Partial<Commit> = {},
  ): Commit => ({
    id: state.id,
    revision,
    epoch,
    next: { ...state, version: state.version + 1 },
    events: [],
    measurements: [],
    outbox: [],
    ...changes,
  });

  const end = (rollout: StoredRollout, finishedAt = LONG_AGO) =>
    store.commit(
      commitOf(rollout, {
        next: ended(rollout.state, 'Succeeded', finishedAt),
      }),
    );

  const idsOf = (rollouts: readonly StoredRollout[]) =>
    rollouts.map(({ state }) => state.id);

  const messagesOf = async (id: string) =>
    (await store.events(id, {})).items.map(({ message }) => message);

  const claim = (
    limit: number,
    { owner = 'one', leaseMs = HOUR, on = store, ids = undefined as any } = {},
  ) => on.claim({ owner, leaseMs, limit, ids });

  const outcomes = async (attempts: Promise<unknown>[]) => {
    const settled = await Promise.allSettled(attempts);
    return {
      won: settled.filter(({ status }) => status === 'fulfilled').length,
      errors: settled.flatMap(one =>
        one.status === 'rejected' ? [one.reason.name] : [],
      ),
    };
  };

  describe('create and get', () => {
    it('gives back what was created, unleased, at its first revision', async () => {
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

    it('takes a new rollout of a workload whose last one has ended', async () => {
      const first = await add('web');
      await end(first);
      await add('next', { target: first.state.target });
      expect((await store.active(first.state.target))?.state.id).toBe('next');
    });

    it('refuses an id that exists', async () => {
      await end(await add('web'));
      await expect(add('web')).rejects.toMatchObject({
        name: 'ConflictError',
        message: 'There already is a rollout web.',
      });
    });

    it('lets one of many simultaneous starts of a workload win', async () => {
      const { target } = rolloutFixture('web');
      const { won, errors } = await outcomes(
        Array.from({ length: 12 }, (_, index) =>
          [stores.first, stores.second][index % 2].create(
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
  });

  describe('active', () => {
    it('finds the one that runs, and none of another workload', async () => {
      const { target } = rolloutFixture('web');
      for (const [id, phase, finishedAt] of [
        ['old', 'Succeeded', LONG_AGO + 1],
        ['good', 'Succeeded', LONG_AGO + 2],
        ['bad', 'RolledBack', LONG_AGO + 3],
      ] as const) {
        const created = await add(id, { target });
        await store.commit(
          commitOf(created, { next: ended(created.state, phase, finishedAt) }),
        );
      }
      expect(await store.active(target)).toBeUndefined();
      await add('now', { target });
      expect((await store.active(target))?.state.id).toBe('now');
      const other = { ...target, namespace: 'other' };
      expect(await store.active(other)).toBeUndefined();
    });
  });

  describe('sameWorkloadRollouts', () => {
    it('are those of the own workload, of a whole page at once', async () => {
      const { target } = rolloutFixture('web');
      await end(await add('old', { target }), LONG_AGO + 1);
      await end(await add('good', { target }), LONG_AGO + 2);
      const bad = await add('bad', { target });
      await store.commit(
        commitOf(bad, {
          next: ended(bad.state, 'RolledBack', LONG_AGO + 3),
        }),
      );
      await add('now', { target, phase: 'Paused' });
      const elsewhere = { ...target, cluster: 'eu' };
      await end(await add('far', { target: elsewhere }), LONG_AGO + 9);
      await add('alone');
      const web = {
        active: { id: 'now', phase: 'Paused' },
        latestSucceeded: 'good',
      };
      expect(
        Object.fromEntries(
          await store.sameWorkloadRollouts([
            'old',
            'bad',
            'now',
            'far',
            'alone',
            'none',
          ]),
        ),
      ).toEqual({
        old: web,
        bad: web,
        now: web,
        far: { latestSucceeded: 'far' },
        alone: { active: { id: 'alone', phase: 'Progressing' } },
      });
      expect((await store.sameWorkloadRollouts([])).size).toBe(0);
    });
  });

  describe('rollouts that only observe', () => {
    const observing = (plan = rolloutFixture('web').plan) => ({
      plan: { ...plan, observeOnly: true as const },
    });

    it('are found by their workload, newest first, once they succeeded', async () => {
      const { target } = rolloutFixture('web');
      const at = (startedAt: number) => ({ target, startedAt, ...observing() });
      await end(await add('one', at(LONG_AGO + 1)));
      await end(await add('two', at(LONG_AGO + 2)));
      await end(await add('three', at(LONG_AGO + 3)));
      const back = await add('back', at(LONG_AGO + 4));
      await store.commit(
        commitOf(back, {
          next: ended(back.state, 'RolledBack', LONG_AGO + 5),
        }),
      );
      await end(await add('release', { target, startedAt: LONG_AGO + 6 }));
      const elsewhere = { ...target, namespace: 'other' };
      await end(await add('far', { ...at(LONG_AGO + 7), target: elsewhere }));
      await add('now', at(LONG_AGO + 8));

      const observed = { target, observed: true as const };
      expect(idsOf(await store.latest({ ...observed, limit: 2 }))).toEqual([
        'three',
        'two',
      ]);
      expect(idsOf(await store.latest({ ...observed, limit: 9 }))).toEqual([
        'three',
        'two',
        'one',
      ]);
      expect(idsOf(await store.latest({ target, limit: 3 }))).toEqual([
        'now',
        'release',
        'back',
      ]);
    });

    it('are no success that could be rolled back, and no delivery', async () => {
      const { target } = rolloutFixture('web');
      await end(await add('release', { target }), LONG_AGO + 1);
      await end(await add('seen', { target, ...observing() }), LONG_AGO + 2);
      const [around] = (await store.sameWorkloadRollouts(['release'])).values();
      expect(around).toEqual({ latestSucceeded: 'release' });
      const deliveries = await store.deliveries({ from: LONG_AGO, limit: 9 });
      expect(deliveries.map(({ finishedAt }) => finishedAt)).toEqual([
        LONG_AGO + 1,
      ]);
    });
  });

  describe('list', () => {
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
      expect(await store.list({ limit: 2 })).not.toHaveProperty('nextCursor');
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
      expect(await list({ phase: ['Paused', 'Succeeded'] })).toEqual([
        'a',
        'c',
      ]);
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
        holds: [{ reason: 'Manual', message: 'Wait.', since: LONG_AGO }],
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
      ['JSON of another shape', encode({})],
      ['a foreign list', encode(['events:web', 1])],
      ['too few values', encode(['rollouts', 1])],
      ['too many values', encode(['rollouts', 1, 'a', 'b'])],
      ['a number for an id', encode(['rollouts', 1, 1])],
      ['SQL for a number', encode(['rollouts', '1); DROP TABLE x', 'a'])],
      ['a number beyond all bounds', encode(['rollouts', 1e300, 'a'])],
      ['a NUL', encode(['rollouts', 1, '\u0000'])],
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
  });

  describe('count and deliveries', () => {
    const shop = { owner: 'group:default/shop', system: 'system:default/s' };
    /** A rollout of one workload after the other, taken back or not. */
    const deliver = async (
      id: string,
      result: 'Succeeded' | 'RolledBack',
      finishedAt: number,
      changes: Partial<RolloutState> = {},
    ) => {
      let stored = await add(id, shop);
      if (result === 'RolledBack') {
        stored = await store.commit(
          commitOf(stored, {
            next: {
              ...stored.state,
              phase: 'RollingBack',
              phaseSince: LONG_AGO + 10,
            },
          }),
        );
      }
      await store.commit(
        commitOf(stored, {
          next: {
            ...ended(stored.state, result, finishedAt),
            phaseSince: finishedAt,
            ...changes,
          },
        }),
      );
    };
    const deliveries = (query: object = {}) =>
      store.deliveries({ from: LONG_AGO, limit: 9, ...query });

    it('counts rollouts by what one can select', async () => {
      const { target, entityRef } = rolloutFixture('web');
      await end(await add('one', { ...shop, target, entityRef }));
      await end(await add('two', { ...shop, target, entityRef }));
      await add('three', { ...shop, target, entityRef, phase: 'RollingBack' });
      await add('other');
      const web = { entityRef, ...shop, cluster: 'production' };
      const counts = await store.count({});
      expect(counts).toHaveLength(3);
      expect(counts).toEqual(
        expect.arrayContaining([
          { ...web, phase: 'Succeeded', rollouts: 2, attention: 0 },
          { ...web, phase: 'RollingBack', rollouts: 1, attention: 1 },
          {
            entityRef: 'component:default/other',
            cluster: 'production',
            phase: 'Progressing',
            rollouts: 1,
            attention: 0,
          },
        ]),
      );
      expect(await store.count({ entityRef })).toHaveLength(2);
      expect(await store.count({ entityRef: 'nobody' })).toEqual([]);
    });

    it('tells when a rollout went back and when users were safe again', async () => {
      await deliver('good', 'Succeeded', LONG_AGO + 1);
      await deliver('bad', 'RolledBack', LONG_AGO + 90, {
        drainedSince: LONG_AGO + 40,
      });
      const { desired } = rolloutFixture('late');
      await deliver('late', 'RolledBack', LONG_AGO + 95, {
        drainedSince: LONG_AGO + 40,
        desired: { ...desired, stable: 'restored' },
      });
      const times = { startedAt: LONG_AGO, rollingBackAt: LONG_AGO + 10 };
      expect(await deliveries()).toEqual([
        {
          entityRef: 'component:default/late',
          result: 'RolledBack',
          ...times,
          finishedAt: LONG_AGO + 95,
          restoredAt: LONG_AGO + 95,
        },
        {
          entityRef: 'component:default/bad',
          result: 'RolledBack',
          ...times,
          finishedAt: LONG_AGO + 90,
          restoredAt: LONG_AGO + 40,
        },
        {
          entityRef: 'component:default/good',
          result: 'Succeeded',
          startedAt: LONG_AGO,
          finishedAt: LONG_AGO + 1,
        },
      ]);
    });

    it('delivers what ended in time, was selected, and brought a version', async () => {
      await add('running', shop);
      await deliver('old', 'Succeeded', LONG_AGO + 1);
      await deliver('new', 'Succeeded', LONG_AGO + 3);
      const again = await add('again', { strategy: 'rollback' });
      await end(again, LONG_AGO + 4);
      await end(await add('else'), LONG_AGO + 2);
      const refs = async (query: object) =>
        (await deliveries(query)).map(one => one.entityRef.split('/')[1]);
      expect(await refs({})).toEqual(['new', 'else', 'old']);
      expect(await refs({ limit: 1 })).toEqual(['new']);
      expect(await refs({ from: LONG_AGO + 2 })).toEqual(['new', 'else']);
      expect(await refs({ owner: [shop.owner] })).toEqual(['new', 'old']);
      expect(await refs({ system: shop.system })).toEqual(['new', 'old']);
      expect(await refs({ cluster: 'eu' })).toEqual([]);
      expect(await refs({ entityRef: 'component:default/old' })).toEqual([
        'old',
      ]);
    });
  });

  describe('worstMeasurements', () => {
    const measured = async (
      id: string,
      ...verdicts: [verdict: Verdict, metric: string, second: number][]
    ) => {
      const created = await add(id);
      await store.commit(
        commitOf(created, {
          measurements: verdicts.map(([verdict, metric, second]) =>
            measurementFixture(metric, `2026-01-31T12:00:0${second}.000Z`, {
              verdict,
              ...(verdict === 'NoData' && { canary: undefined }),
            }),
          ),
        }),
      );
    };

    it('finds of each rollout the gravest, the latest of those', async () => {
      await measured('good', ['Pass', 'errors', 1], ['Pass', 'latency', 2]);
      await measured(
        'bad',
        ['Fail', 'errors', 2],
        ['Fail', 'latency', 3],
        ['Fail', 'errors', 1],
        ['Error', 'errors', 4],
      );
      await measured('silent', ['NoData', 'errors', 1], ['Pass', 'errors', 2]);
      await measured(
        'broken',
        ['NoData', 'errors', 3],
        ['Error', 'errors', 2],
        ['Inconclusive', 'errors', 4],
      );
      await measured('unsure', ['Inconclusive', 'a', 1], ['Pass', 'b', 1]);
      await measured('unmeasured');
      await measured('unasked', ['Fail', 'errors', 1]);
      const ids = ['good', 'bad', 'silent', 'broken', 'unsure', 'unmeasured'];
      const worst = await store.worstMeasurements(ids);
      expect(
        [...worst]
          .map(([id, { verdict, metric, at }]) =>
            [id, verdict, metric, at.slice(18, 19)].join(' '),
          )
          .sort(),
      ).toEqual([
        'bad Fail latency 3',
        'broken Error errors 2',
        'good Pass latency 2',
        'silent NoData errors 1',
        'unsure Inconclusive a 1',
      ]);
    });

    it('passes over what only waited for more requests', async () => {
      const created = await add('waited');
      const at = (second: number) => `2026-01-31T12:00:0${second}.000Z`;
      await store.commit(
        commitOf(created, {
          measurements: [
            measurementFixture('errors', at(1), {
              verdict: 'NoData',
              canary: 0,
              canarySample: 3,
            }),
            measurementFixture('errors', at(0), { verdict: 'Pass' }),
          ],
        }),
      );
      const worst = await store.worstMeasurements(['waited']);
      expect(worst.get('waited')?.verdict).toBe('Pass');
    });

    it('finds nothing of nothing', async () => {
      await measured('good', ['Pass', 'errors', 1]);
      expect((await store.worstMeasurements([])).size).toBe(0);
      expect((await store.worstMeasurements(["x' OR '1'='1"])).size).toBe(0);
    });
  });

  describe('claim', () => {
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
      await end(await add('over'));
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
            on: [stores.first, stores.second][index % 2],
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
            on: [stores.first, stores.second][index % 2],
          }),
        ),
      );
      expect(claims.flat()).toHaveLength(1);
      expect((await store.get('web'))?.epoch).toBe(1);
    });
  });

  describe('renew and release', () => {
    it('lengthens a lease under its own epoch only', async () => {
      await add('web');
      await claim(1, { leaseMs: 0 });
      expect(await store.renew('web', 0, HOUR, LONG_AGO)).toBe(false);
      expect(await store.renew('nobody', 1, HOUR, LONG_AGO)).toBe(false);
      expect(await store.renew('web', 1, HOUR, LONG_AGO)).toBe(true);
      expect(await claim(1, { owner: 'two' })).toEqual([]);
    });

    it('moves the time of the next look without a new revision', async () => {
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
  });

  describe('nextDueAt', () => {
    it('is the earliest due time of what nobody holds', async () => {
      expect(await store.nextRequeueAt()).toBeUndefined();
      await add('far', { requeueAt: FAR_AWAY });
      await end(await add('over'));
      expect(await store.nextRequeueAt()).toBe(FAR_AWAY);
      await add('soon', { requeueAt: LONG_AGO });
      expect(await store.nextRequeueAt()).toBe(LONG_AGO);
      await claim(1);
      expect(await store.nextRequeueAt()).toBe(FAR_AWAY);
      await store.release('soon', 1, LONG_AGO);
      await claim(1, { leaseMs: 0 });
      expect(await store.nextRequeueAt()).toBe(LONG_AGO);
    });
  });

  describe('commit', () => {
    it('writes state, events, measurements and messages, and keeps the lease', async () => {
      await add('web');
      const [claimed] = await claim(1);
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
      expect((await store.measurements('web', {})).items).toEqual([
        measurement,
      ]);
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
      await store.release('web', 1, undefined);
      expect(await claim(9)).toEqual([]);
    });

    it.each([
      ['revision', { revision: 2 }],
      ['former revision', { revision: 0 }],
      ['epoch', { epoch: 1 }],
    ])('refuses another %s and writes nothing', async (_, changes) => {
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

    it('refuses a stalled former owner, whose lease somebody took', async () => {
      await add('web');
      const [stalled] = await claim(1, { leaseMs: 0 });
      await claim(1, { owner: 'two' });
      await expect(store.commit(commitOf(stalled))).rejects.toMatchObject({
        name: 'ConflictError',
      });
    });

    it('takes lease and epoch in the commit of a command that ends a rollout', async () => {
      await add('web');
      const [held] = await claim(1);
      const taken = await stores.second.commit(
        commitOf(held, { takeover: { owner: 'command', leaseMs: HOUR } }),
      );
      expect(taken).toMatchObject({
        revision: 2,
        epoch: 2,
        lease: { owner: 'command', epoch: 2 },
      });
      expect(await store.renew('web', 1, HOUR, LONG_AGO)).toBe(false);
      await store.release('web', 1, LONG_AGO);
      expect(await claim(1, { ids: ['web'] })).toEqual([]);
      await expect(
        store.commit(commitOf({ ...held, revision: 2 })),
      ).rejects.toMatchObject({ name: 'ConflictError' });
    });

    it('lets one of many commits of a revision win, with its events alone', async () => {
      const created = await add('web');
      const { won, errors } = await outcomes(
        Array.from({ length: 16 }, (_, index) =>
          [stores.first, stores.second][index % 2].commit(
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
      const over = await end(await add('web'));
      await expect(store.commit(commitOf(over))).rejects.toMatchObject({
        name: 'ConflictError',
        message: expect.stringContaining('has ended'),
      });
    });

    it('knows no rollout of an unknown id', async () => {
      const created = await add('web');
      await expect(
        store.commit(
          commitOf(created, { id: 'x', next: { ...created.state, id: 'x' } }),
        ),
      ).rejects.toMatchObject({ name: 'NotFoundError' });
    });

    it('refuses the state of another rollout', async () => {
      const created = await add('web');
      const other = await add('other');
      await expect(
        store.commit(commitOf(created, { next: other.state })),
      ).rejects.toThrow('carries the state of other');
    });
  });

  describe('events', () => {
    it('are numbered and paged in the order in which they happened', async () => {
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
      expect(last).not.toHaveProperty('nextCursor');
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

    it('refuse the cursor of another rollout, and limits out of bounds', async () => {
      const web = await add('web');
      await add('other');
      await store.commit(commitOf(web, { events: [eventFixture('two')] }));
      const { nextCursor: cursor } = await store.events('web', { limit: 1 });
      await expect(store.events('other', { cursor })).rejects.toThrow(
        InputError,
      );
      await expect(store.events('web', { limit: 0 })).rejects.toThrow(
        InputError,
      );
    });

    it.each(['nobody', 'NUL \u0000'])('of %j are not found', async id => {
      const notFound = { name: 'NotFoundError' };
      await expect(store.events(id, {})).rejects.toMatchObject(notFound);
      await expect(store.measurements(id, {})).rejects.toMatchObject(notFound);
      await expect(store.verifyEvents(id)).rejects.toMatchObject(notFound);
    });

    it('verify over thousands of rows', async () => {
      const events = Array.from({ length: 2_500 }, (_, index) =>
        eventFixture(`event ${index}`),
      );
      await store.create(rolloutFixture('web'), events, []);
      expect(await store.verifyEvents('web')).toEqual({
        valid: true,
        length: 2_500,
      });
    });

    it('verify while others write', async () => {
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
          results.push((await stores.second.verifyEvents('web')).valid);
        }
        return results;
      };
      const [results] = await Promise.all([verify(), write()]);
      expect(results).not.toContain(false);
    });
  });

  describe('measurements', () => {
    const at = (minute: number) =>
      new Date(LONG_AGO + minute * 60_000).toISOString();

    beforeEach(async () => {
      const web = await add('web');
      await store.commit(
        commitOf(web, {
          measurements: [3, 1, 2].flatMap(minute => [
            measurementFixture('errors', at(minute)),
            measurementFixture('latency', at(minute), { unit: 'ms' }),
          ]),
        }),
      );
    });

    it('are paged once each, oldest first', async () => {
      const seen: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await store.measurements('web', { limit: 4, cursor });
        seen.push(...page.items.map(one => `${one.metric} ${one.at}`));
        cursor = page.nextCursor;
      } while (cursor);
      expect(seen).toEqual(
        [1, 2, 3].flatMap(minute => [
          `errors ${at(minute)}`,
          `latency ${at(minute)}`,
        ]),
      );
    });

    it.each([
      [{ metric: 'errors' }, 3],
      [{ from: at(2) }, 4],
      [{ from: '2001-01-01T01:02:00+01:00' }, 4],
      [{ metric: 'latency', from: at(3) }, 1],
      [{ metric: 'unknown' }, 0],
      [{ from: at(9) }, 0],
    ])('filtered by %j are %s', async (query, count) => {
      expect((await store.measurements('web', query)).items).toHaveLength(
        count,
      );
    });

    it.each([
      { from: 'yesterday' },
      { from: '' },
      { metric: '\u0000' },
      { limit: 1_001 },
      { cursor: encode(['rollouts', 1, 2]) },
      { cursor: encode(['measurements:other', 1, 2]) },
    ])('refuse %j', async query => {
      await expect(store.measurements('web', query)).rejects.toThrow(
        InputError,
      );
    });
  });

  describe('outbox', () => {
    const send = async (id: string, ...names: string[]) => {
      const rollout = (await store.get(id)) ?? (await add(id));
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
      await store.markFailed(first.id, FAR_AWAY);
      expect(await take()).toEqual([]);
      await store.markFailed(first.id, LONG_AGO);
      expect(await take()).toMatchObject([
        { payload: { name: 'c1' }, attempts: 2 },
      ]);
    });

    it('gives every message to one of several relays', async () => {
      for (let index = 0; index < 10; index += 1) {
        await send(`r${index}`, `c${index}`);
      }
      const taken = await Promise.all(
        Array.from({ length: 6 }, (_, index) =>
          take([stores.first, stores.second][index % 2]),
        ),
      );
      expect(namesOf(taken.flat()).sort()).toEqual(
        Array.from({ length: 10 }, (_, index) => `c${index}`),
      );
    });

    it('takes no ids for an answer', async () => {
      await expect(store.markDelivered([])).resolves.toBeUndefined();
    });
  });
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
