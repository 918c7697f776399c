import { update, Draft } from '../draft';
import { keepBackgroundAnalysis } from '../analysisRuns/background';
import { canaryImageIds } from '../canaryImageIds';
import { keepCapacity } from '../exposure/capacity';
import { noteFreshData } from '../controllerOutage';
import { holdOf } from '../holds/holds';
import { DecisionInput } from '../decisionInput';
import { watchDisruption } from '../disruption/watchDisruption';
import { verifyExposure } from '../exposure/verify';
import { keepShare } from '../exposure/share';
import {
  watchForeignChange,
  watchMissingData,
  watchTimedHolds,
} from '../holds/watchHolds';

type Rule = (draft: Draft, input: DecisionInput) => Draft;

/**
 * Everything that is watched while the plan is walked, held or not: what was
 * read back, and the holds that come and go by themselves. What takes the
 * rollout back was looked for before; a hold whose time is over may still.
 */
export function watch(draft: Draft, input: DecisionInput): Draft {
  const rules: readonly Rule[] = [
    recordImageIds,
    keepShare,
    verifyExposure,
    watchDisruption,
    keepBackgroundAnalysis,
    noteFreshData,
    watchForeignChange,
    watchMissingData,
    watchTimedHolds,
  ];
  const { phase } = draft.next;
  let watched = draft;
  for (const rule of rules) {
    watched = rule(watched, input);
    if (watched.next.phase !== phase) return watched;
  }
  return holdOf(watched.next, 'ForeignChange')
    ? watched
    : keepCapacity(watched, input);
}

/** Remembers which image ids run first, to notice a second behind one tag. */
export function recordImageIds(
  draft: Draft,
  { observation }: DecisionInput,
): Draft {
  const known = draft.next.canaryImageIds;
  const { canary } = observation;
  const ids = canary ? canaryImageIds(draft.next, canary) : {};
  const fresh = Object.entries(ids).flatMap(([container, [first]]) =>
    first && !Object.hasOwn(known, container) ? [[container, first]] : [],
  );
  if (fresh.length === 0) return draft;
  return update(draft, {
    canaryImageIds: { ...known, ...Object.fromEntries(fresh) },
  });
}
