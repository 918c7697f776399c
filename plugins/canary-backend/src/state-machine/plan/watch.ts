import {
  canaryCrashLooping,
  canaryObjectTaken,
  deadlineExceeded,
  firstTrigger,
  imageChanged,
  imagePullFailed,
  metricFailed,
  noReadyCanary,
  stableChanged,
  workloadDeleted,
} from '../rollbackTriggers';
import { update, Draft } from '../draft';
import { keepBackgroundAnalysis } from '../analysisRuns/background';
import { keepCapacity } from '../exposure/capacity';
import { noteFreshData } from '../controllerOutage';
import { holdOf } from '../holds/holds';
import { DecisionInput } from '../decisionInput';
import { verifyExposure } from '../exposure/verify';
import { rollBack } from '../teardown/rollBack';
import { keepShare, shareTooLarge } from '../exposure/share';
import {
  watchForeignChange,
  watchMissingData,
  watchTimedHolds,
} from '../holds/watchHolds';

/** What takes a rollout back while it walks its plan, the gravest first. */
const TRIGGERS = [
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

type Rule = (draft: Draft, input: DecisionInput) => Draft;

/**
 * Everything that is watched while the plan is walked, held or not: the
 * dangers, what was read back, and the holds that come and go by themselves.
 * The change may leave in `RollingBack`.
 */
export function watch(draft: Draft, input: DecisionInput): Draft {
  const trigger = firstTrigger(TRIGGERS, draft.next, input);
  if (trigger) return rollBack(draft, trigger, input);

  const rules: readonly Rule[] = [
    recordImageIds,
    keepShare,
    verifyExposure,
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
  const { images = {}, imageIds = {} } = observation.canary ?? {};
  const fresh = Object.entries(imageIds).flatMap(([container, [first]]) =>
    first && container in images && !(container in known)
      ? [[container, first]]
      : [],
  );
  if (fresh.length === 0) return draft;
  return update(draft, {
    canaryImageIds: { ...known, ...Object.fromEntries(fresh) },
  });
}
