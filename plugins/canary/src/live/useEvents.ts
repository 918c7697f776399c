import { useApi } from '@backstage/core-plugin-api';
import { CanaryApi, RolloutEvent } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { Followed, useFollow } from './useFollow';

const PAGE_SIZE = 200;
const MOST_PAGES = 25;

interface EventLog {
  /** The newest first. */
  readonly events: readonly RolloutEvent[];
  /** Where the page began that was the last one, to read on from there. */
  readonly resumeAt?: string;
}

const EMPTY: EventLog = { events: [] };

/** Every event of a rollout, the newest first; reads on at each tick. */
export function useEvents(
  id: string,
  tick: unknown,
): Followed<readonly RolloutEvent[]> {
  const api = useApi(canaryApiRef);
  const followed = useFollow<EventLog>({
    key: id,
    tick,
    initial: EMPTY,
    readOn: known => readEvents(api, id, known),
  });
  return { ...followed, value: followed.value.events };
}

/**
 * Reads what is new. Whether pages come oldest or newest first is seen from
 * the numbers in them: the first is read on from its last page, the second
 * from its first page until something known appears.
 */
async function readEvents(
  api: CanaryApi,
  id: string,
  known: EventLog,
): Promise<EventLog> {
  const all = new Map(known.events.map(event => [event.sequence, event]));
  let cursor = known.resumeAt;
  let resumeAt = known.resumeAt;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { items, nextCursor } = await api.listEvents(id, {
      cursor,
      limit: PAGE_SIZE,
    });
    const newestFirst =
      items.length > 1 && items[0].sequence > items[1].sequence;
    const meets = items.some(event => all.has(event.sequence));
    for (const event of items) all.set(event.sequence, event);
    if (!newestFirst) resumeAt = cursor;
    if (!nextCursor || (newestFirst && meets)) break;
    cursor = nextCursor;
  }
  const events = [...all.values()].sort((a, b) => b.sequence - a.sequence);
  return { events, resumeAt };
}
