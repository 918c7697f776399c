import { Phase } from 'backstage-plugin-canary-common';
import { Observation, RolloutState } from '../../rollout';
import { shareTooLarge } from '../exposure/share';
import { kindOf, RolloutKind } from '../kindOf';
import {
  canaryCrashLooping,
  disruptedTooLong,
  imageChanged,
  imagePullFailed,
  noReadyCanary,
} from './canary';
import { deadlineExceeded, restoreOverdue, routeUnusable } from './deadline';
import { TriggerCheck } from './TriggerCheck';
import { metricFailed } from './metricFailed';
import {
  canaryObjectTaken,
  promotionReverted,
  stableChanged,
  stableScaledToZero,
  workloadDeleted,
} from './workload';

/** Where a rollout is: its phase; `Promoting` has two halves. */
export type Place = Phase | 'Promoting, traffic goes back';

/** What is watched in each place, the gravest first: the first that is true is the outcome. */
type Watched = Readonly<Partial<Record<Place, readonly TriggerCheck[]>>>;

/** The plan is walked, held or not. */
const WALKING: readonly TriggerCheck[] = [
  workloadDeleted, // there is nothing left to release to
  stableScaledToZero, // nobody answers the users whom the canary does not get
  canaryObjectTaken, // users would be sent to pods of somebody else
  metricFailed, // what the walk is for
  noReadyCanary, // its users get errors; pods that were only taken away are waited for
  disruptedTooLong, // that wait has an end
  canaryCrashLooping, // some of its users do
  imagePullFailed, // no pod of it will come up; with users noReadyCanary says so first
  imageChanged, // what runs is not what was judged so far
  stableChanged, // it is compared with, and would replace, something else than was checked
  shareTooLarge, // beside so few stable pods a single one of ours is too many users
  routeUnusable, // as deadlineExceeded, and the route is why
  deadlineExceeded, // the work of a step takes longer than the plan allows
  // Not promotionReverted: the stable is untouched.
];

const CANARY: Watched = {
  Pending: [
    workloadDeleted, // there is nothing to release to
    stableScaledToZero, // there is nothing to compare with
    canaryObjectTaken, // the canary cannot be made
    stableChanged, // it is not what the start checked
    routeUnusable, // as deadlineExceeded, and the route is why
    deadlineExceeded, // to begin is work
    // Nothing of the canary's pods, share and metrics: there is no canary.
  ],
  Initializing: [
    workloadDeleted, // there is nothing left to release to
    stableScaledToZero, // there is nothing to compare with
    canaryObjectTaken, // the canary is just being made
    canaryCrashLooping, // it will not come up
    imagePullFailed, // nor will this one
    imageChanged, // what comes up is not what was started
    stableChanged, // it is not what the start checked
    routeUnusable, // as deadlineExceeded, and the route is why
    deadlineExceeded, // to come up is work
    // Not noReadyCanary: nobody is on it, and to come up may take until the deadline.
    // Not metricFailed, not shareTooLarge: without users nothing is measured or shared.
  ],
  Progressing: WALKING,
  Paused: WALKING,
  Promoting: [
    workloadDeleted, // there is nothing left to promote
    stableScaledToZero, // no pod would run the new version, however long it takes
    promotionReverted, // somebody took our images out of the stable
    stableChanged, // somebody changed it just before our patch
    metricFailed, // of those that need no stable to compare with; the others stopped
    // Disrupted or not: what is being put into the stable cannot be held half way.
    noReadyCanary, // it keeps its share of the users until the stable is done
    canaryCrashLooping, // the same version is about to be everywhere
    imageChanged, // the tag that the stable pulls is not what was judged
    routeUnusable, // as deadlineExceeded, and the route is why
    deadlineExceeded, // pods of the stable do not come up
    // Not canaryObjectTaken: the canary is to go, and the stable has its own name.
    // Not imagePullFailed: the canary ran; of pods that moved noReadyCanary tells when none is left.
    // Not shareTooLarge: everybody is about to get the new version.
  ],
  'Promoting, traffic goes back': [
    workloadDeleted, // nothing runs the new version any more
    stableScaledToZero, // as above: nothing does, and the canary is about to go
    promotionReverted, // somebody took it out of the stable
    // Nothing else touches the stable, which runs the new version everywhere.
    // Not deadlineExceeded: to take it back because an object is slow to go would do harm.
  ],
  // RollingBack is on its way already, and what has ended never changes.
};

/** Walks like a canary, but canary and stable are one version: whatever a metric says is chance. */
const OBSERVE = without(CANARY, metricFailed);

/** Makes no canary: what has its name, its share of a route, its pods are somebody else's. */
const RESTORE: Watched = {
  Pending: [
    workloadDeleted, // there is nothing to put images into
    stableScaledToZero, // no pod would run them
    stableChanged, // it is not what the start checked
    deadlineExceeded, // to begin is work
  ],
  Promoting: [
    workloadDeleted, // there is nothing left to put images into
    stableScaledToZero, // no pod would run them, however long it takes
    promotionReverted, // somebody took the previous images out again
    stableChanged, // somebody changed it just before our patch
    restoreOverdue, // as deadlineExceeded, but what it rolls away from must not come back
  ],
  // It ends as soon as every pod has its images: no traffic goes back.
};

/** What takes a rollout back, by kind and place. */
export const ROLLBACK_TRIGGERS: Readonly<Record<RolloutKind, Watched>> = {
  canary: CANARY,
  observe: OBSERVE,
  restore: RESTORE,
};

/** What can be told from this observation, the gravest first. */
export function triggersOf(
  rollout: RolloutState,
  { unknown = {} }: Pick<Observation, 'unknown'>,
): readonly TriggerCheck[] {
  const watched = ROLLBACK_TRIGGERS[kindOf(rollout)][placeOf(rollout)] ?? [];
  return watched.filter(({ needs }) =>
    needs.every(object => unknown[object] === undefined),
  );
}

function placeOf({ phase, promotion }: RolloutState): Place {
  return phase === 'Promoting' && promotion?.doneAt !== undefined
    ? 'Promoting, traffic goes back'
    : phase;
}

function without(watched: Watched, check: TriggerCheck): Watched {
  return Object.fromEntries(
    Object.entries(watched).map(([place, checks]) => [
      place,
      checks.filter(other => other !== check),
    ]),
  );
}
