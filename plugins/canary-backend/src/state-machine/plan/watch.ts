import {
  canaryCrashLooping,
  canaryObjectTaken,
  deadlineExceeded,
  firstDanger,
  imageChanged,
  imagePullFailed,
  metricFailed,
  noReadyCanary,
  stableChanged,
  workloadDeleted,
} from '../rollbackTriggers';
import { amend, Change } from '../draft';
import { keepBackgroundAnalysis } from '../analysisRuns/background';
import { keepCapacity } from '../exposure/capacity';
import { noteFreshData } from '../controllerOutage';
import { holdOf } from '../holds/holds';
import { Look } from '../decisionInput';
import { readBack } from '../exposure/verify';
import { rollBack } from '../teardown/rollBack';
import { keepShare, shareTooLarge } from '../exposure/share';
import {
  watchForeignChange,
  watchMissingData,
  watchTimedHolds,
} from '../holds/watchHolds';

/** What takes a rollout back while it walks its plan, the gravest first. */
const DANGERS = [
  workloadDeleted,
  canaryObjectTaken,
  metricFailed,
  noReadyCanary,
  canaryCrashLooping,
  imagePullFailed,
  imageChanged,
  stableChanged,
  shareTooLarge,
  deadlineExceeded,
];

type Rule = (change: Change, look: Look) => Change;

/**
 * Everything that is watched while the plan is walked, held or not: the
 * dangers, what was read back, and the holds that come and go by themselves.
 * The change may leave in `RollingBack`.
 */
export function watch(change: Change, look: Look): Change {
  const danger = firstDanger(DANGERS, change.next, look);
  if (danger) return rollBack(change, danger, look);

  const rules: readonly Rule[] = [
    recordImageIds,
    keepShare,
    readBack,
    keepBackgroundAnalysis,
    noteFreshData,
    watchForeignChange,
    watchMissingData,
    watchTimedHolds,
  ];
  const { phase } = change.next;
  let watched = change;
  for (const rule of rules) {
    watched = rule(watched, look);
    if (watched.next.phase !== phase) return watched;
  }
  return holdOf(watched.next, 'ForeignChange')
    ? watched
    : keepCapacity(watched, look);
}

/** Remembers which image ids run first, to notice a second behind one tag. */
export function recordImageIds(change: Change, { observation }: Look): Change {
  const known = change.next.canaryImageIds;
  const { images = {}, imageIds = {} } = observation.canary ?? {};
  const fresh = Object.entries(imageIds).flatMap(([container, [first]]) =>
    first && container in images && !(container in known)
      ? [[container, first]]
      : [],
  );
  if (fresh.length === 0) return change;
  return amend(change, {
    canaryImageIds: { ...known, ...Object.fromEntries(fresh) },
  });
}
