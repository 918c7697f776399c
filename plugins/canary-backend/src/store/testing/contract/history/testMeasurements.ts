/* eslint-disable jest/no-export -- a contract suite is there to be exported */
import { InputError } from '@backstage/errors';
import { HistoryStore } from '../../../ports/HistoryStore';
import { RolloutStore } from '../../../ports/RolloutStore';
import { LONG_AGO, measurementFixture } from '../../rolloutFixture';
import { foreignCursor } from '../foreignCursor';
import { beforeEachOpen, OpenReplicas } from '../replicas';
import { addRollout, commitOf } from '../writeRollout';

/** What is guaranteed of the series of a rollout. */
export function testMeasurements(
  open: OpenReplicas<RolloutStore & HistoryStore>,
): void {
  let store: RolloutStore & HistoryStore;
  beforeEachOpen(open, first => {
    store = first;
  });

  const at = (minute: number) =>
    new Date(LONG_AGO + minute * 60_000).toISOString();

  beforeEach(async () => {
    const web = await addRollout(store, 'web');
    await store.commit(
      commitOf(web, {
        measurements: [3, 1, 2].flatMap(minute => [
          measurementFixture('errors', at(minute)),
          measurementFixture('latency', at(minute), { unit: 'ms' }),
        ]),
      }),
    );
  });

  it('pages through all measurements once, oldest first', async () => {
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
  ])('of those that match %j gives all %s', async (query, count) => {
    expect((await store.measurements('web', query)).items).toHaveLength(count);
  });

  it.each([
    { from: 'yesterday' },
    { from: '' },
    { metric: '\u0000' },
    { limit: 1_001 },
    { cursor: foreignCursor(['rollouts', 1, 2]) },
    { cursor: foreignCursor(['measurements:other', 1, 2]) },
  ])('refuses %j', async query => {
    await expect(store.measurements('web', query)).rejects.toThrow(InputError);
  });
}
