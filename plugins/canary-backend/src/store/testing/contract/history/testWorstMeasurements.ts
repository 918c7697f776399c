/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { Verdict } from 'backstage-plugin-canary-common';
import { HistoryStore } from '../../../ports/HistoryStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { measurementFixture } from '../../rolloutFixture';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf } from '../writeRollout';

/** What is guaranteed of the worst measurements of a page of rollouts. */
export function testWorstMeasurements(
  open: OpenReplicas<RolloutStore & HistoryStore>,
): void {
  let store: RolloutStore & HistoryStore;
  beforeEachOpen(open, first => {
    store = first;
  });

  const add = (id: string) => addRollout(store, id);

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

  it('finds nothing of no rollouts and of unknown ones', async () => {
    await measured('good', ['Pass', 'errors', 1]);
    expect((await store.worstMeasurements([])).size).toBe(0);
    expect((await store.worstMeasurements(["x' OR '1'='1"])).size).toBe(0);
  });
}
