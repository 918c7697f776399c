import { Delivery, DeliveryQuery } from '../../store';
import { MOST_DELIVERIES, readFigures } from './readFigures';

const NOW = Date.UTC(2026, 10, 22, 12);

/** A store with so many deliveries, every second of an entity nobody may read. */
function storeWith(deliveries: number) {
  const asked: DeliveryQuery[] = [];
  return {
    asked,
    count: async () => [],
    deliveries: async (query: DeliveryQuery): Promise<Delivery[]> => {
      asked.push(query);
      return Array.from(
        { length: Math.min(deliveries, query.limit) },
        (_, index) => ({
          entityRef: `component:default/${index % 2}`,
          result: 'Succeeded',
          startedAt: NOW - 10,
          finishedAt: NOW,
        }),
      );
    },
  };
}

it.each([
  [MOST_DELIVERIES, false, 5_000],
  [MOST_DELIVERIES + 1, true, 5_000],
  [1_000_000, true, 5_000],
  [3, false, 2],
])('of %d deliveries truncates: %s', async (found, truncated, rollouts) => {
  const store = storeWith(found);
  const figures = await readFigures(
    store,
    {},
    NOW,
    async () => new Set(['component:default/0']),
  );
  expect(figures.truncated).toBe(truncated);
  expect(figures.total.rollouts).toBe(rollouts);
  expect(store.asked[0].limit).toBe(MOST_DELIVERIES + 1);
});

it('asks about each entity once', async () => {
  const readableOf = jest.fn(async () => new Set<string>());
  await readFigures(storeWith(100), {}, NOW, readableOf);
  expect(readableOf.mock.calls).toEqual([
    [['component:default/0', 'component:default/1']],
  ]);
});
