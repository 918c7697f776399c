import { InputError } from '@backstage/errors';
import { Figures, FiguresQuery } from 'backstage-plugin-canary-common';
import { Instant } from '../../rollout';
import type { ReportStore } from '../../store';
import { ReadableOf } from '../CanaryService';
import { canonicalSelection } from './canonicalSelection';
import { countFigures } from './countFigures';
import { figuresOf, mondayOf, WEEK_MS, weeksOf } from './deliveryFigures';

/** How many weeks back figures go: where nobody says, and at most. */
const USUAL_WEEKS = 12;
const MOST_WEEKS = 260;

/** So many ended rollouts one answer reads, the newest of them. */
export const MOST_DELIVERIES = 10_000;

/**
 * Numbers of a selection, of readable entities alone: two queries, each of an
 * index, whatever is asked. Throws `InputError` naming a field that no
 * selection can have.
 */
export async function readFigures(
  store: ReportStore,
  query: FiguresQuery,
  now: Instant,
  readableOf: ReadableOf,
): Promise<Figures> {
  const { from: _, ...selection } = canonicalSelection(query);
  const from = fromOf(query, now);
  const [counts, deliveries] = await Promise.all([
    store.count({ entityRef: selection.entityRef }),
    // One more than is read, to know whether there are more.
    store.deliveries({ ...selection, from, limit: MOST_DELIVERIES + 1 }),
  ]);
  const readable = await readableOf([
    ...new Set([...counts, ...deliveries].map(({ entityRef }) => entityRef)),
  ]);
  const isReadable = ({ entityRef }: { readonly entityRef: string }) =>
    readable.has(entityRef);
  const delivered = deliveries.slice(0, MOST_DELIVERIES).filter(isReadable);
  return {
    ...countFigures(counts.filter(isReadable), selection),
    total: figuresOf(delivered),
    weeks: weeksOf(delivered, from, now),
    truncated: deliveries.length > MOST_DELIVERIES,
  };
}

/** Where the first week begins: by default with a whole one, so that weeks compare. */
function fromOf({ from }: FiguresQuery, now: Instant): Instant {
  if (from === undefined) return mondayOf(now - USUAL_WEEKS * WEEK_MS);
  const at = /^\d{4}-\d{2}-\d{2}T/.test(from) ? Date.parse(from) : NaN;
  if (Number.isNaN(at)) {
    throw new InputError(
      'from is not an instant; write it as 2026-01-31T12:00:00Z',
    );
  }
  if (at > now || at < now - MOST_WEEKS * WEEK_MS) {
    throw new InputError(
      `from must lie in the past, at most ${MOST_WEEKS} weeks ago`,
    );
  }
  return at;
}
