import { useApi } from '@backstage/core-plugin-api';
import { CanaryApi, Measurement } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { Followed, useFollow } from './useFollow';

const PAGE_SIZE = 500;
const MOST_PAGES = 25;

/** The most measurements a page keeps: more points than a chart has pixels. */
export const MOST_MEASUREMENTS = 4000;

/** Every measurement of a rollout, the oldest first; reads on at each tick. */
export function useMeasurements(
  id: string,
  tick: unknown,
): Followed<readonly Measurement[]> {
  const api = useApi(canaryApiRef);
  return useFollow<readonly Measurement[]>({
    key: id,
    tick,
    initial: [],
    readOn: known => readMeasurements(api, id, known),
  });
}

async function readMeasurements(
  api: CanaryApi,
  id: string,
  known: readonly Measurement[],
): Promise<readonly Measurement[]> {
  const all = new Map(known.map(each => [keyOf(each), each]));
  const from = known.at(-1)?.at;
  let cursor: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await api.listMeasurements(id, {
      from,
      cursor,
      limit: PAGE_SIZE,
    });
    for (const each of page.items) all.set(keyOf(each), each);
    cursor = page.nextCursor;
    if (!cursor) break;
  }
  return [...all.values()]
    .sort((a, b) => a.at.localeCompare(b.at))
    .slice(-MOST_MEASUREMENTS);
}

function keyOf({ metric, scope, at }: Measurement): string {
  return JSON.stringify([metric, scope, at]);
}
