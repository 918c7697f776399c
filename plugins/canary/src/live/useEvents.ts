import { useApi } from '@backstage/core-plugin-api';
import { CanaryApi, RolloutEvent } from 'backstage-plugin-canary-common';
import { canaryApiRef } from '../api';
import { Followed, useFollow } from './useFollow';

const PAGE_SIZE = 500;
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

/** Reads what is new: the list comes oldest first, so on from its last page. */
async function readEvents(
  api: CanaryApi,
  id: string,
  known: EventLog,
): Promise<EventLog> {
  const all = new Map(known.events.map(event => [event.sequence, event]));
  let resumeAt = known.resumeAt;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const page = await api.listEvents(id, {
      cursor: resumeAt,
      limit: PAGE_SIZE,
    });
    for (const event of page.items) all.set(event.sequence, event);
    if (!page.nextCursor) break;
    resumeAt = page.nextCursor;
  }
  const events = [...all.values()].sort((a, b) => b.sequence - a.sequence);
  return { events, resumeAt };
}
