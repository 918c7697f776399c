/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { RolloutState } from '../../../../rollout';
import { ReportStore } from '../../../ports/ReportStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { StoredRollout } from '../../../ports/StoredRollout';
import { ended, LONG_AGO, rolloutFixture } from '../../rolloutFixture';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf, endRollout } from '../writeRollout';

/** What being a `ReportStore` means: what ended is counted where it is looked for, once. */
export function testReportStore(
  open: OpenReplicas<RolloutStore & ReportStore>,
): void {
  let store: RolloutStore & ReportStore;
  beforeEachOpen(open, first => {
    store = first;
  });

  const add = (id: string, changes = {}) => addRollout(store, id, changes);
  const end = (rollout: StoredRollout, finishedAt = LONG_AGO) =>
    endRollout(store, rollout, 'Succeeded', finishedAt);

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

  it('counts rollouts by everything that one can select', async () => {
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
    expect(await refs({ entityRef: 'component:default/old' })).toEqual(['old']);
  });

  it('takes no observation for a delivery', async () => {
    const { plan } = rolloutFixture('seen');
    await end(await add('release'), LONG_AGO + 1);
    const seen = await add('seen', { plan: { ...plan, observeOnly: true } });
    await end(seen, LONG_AGO + 2);
    expect(await deliveries()).toMatchObject([{ finishedAt: LONG_AGO + 1 }]);
  });
}
