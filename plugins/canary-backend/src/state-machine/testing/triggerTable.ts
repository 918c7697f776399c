import { shareTooLarge } from '../exposure/share';
import { RolloutKind } from '../kindOf';
import {
  canaryCrashLooping,
  disruptedTooLong,
  imageChanged,
  imagePullFailed,
  noReadyCanary,
} from '../rollbackTriggers/canary';
import {
  deadlineExceeded,
  restoreOverdue,
  routeUnusable,
} from '../rollbackTriggers/deadline';
import { metricFailed } from '../rollbackTriggers/metricFailed';
import { Place, ROLLBACK_TRIGGERS } from '../rollbackTriggers/triggersOf';
import {
  canaryObjectTaken,
  promotionReverted,
  stableChanged,
  stableScaledToZero,
  workloadDeleted,
} from '../rollbackTriggers/workload';

/** Every check there is, by its name. */
export const CHECKS = {
  workloadDeleted,
  stableScaledToZero,
  canaryObjectTaken,
  promotionReverted,
  metricFailed,
  noReadyCanary,
  disruptedTooLong,
  canaryCrashLooping,
  imagePullFailed,
  imageChanged,
  stableChanged,
  shareTooLarge,
  routeUnusable,
  deadlineExceeded,
  restoreOverdue,
};

const COLUMNS: Readonly<Record<string, readonly [RolloutKind, Place]>> = {
  Pending: ['canary', 'Pending'],
  Initializing: ['canary', 'Initializing'],
  'Progressing, Paused': ['canary', 'Progressing'],
  Promoting: ['canary', 'Promoting'],
  'Promoting, traffic goes back': ['canary', 'Promoting, traffic goes back'],
  'Pending, restoring': ['restore', 'Pending'],
  'Promoting, restoring': ['restore', 'Promoting'],
};

/** In which order every place looks for what takes a rollout back; empty where it does not look. */
export function triggerTable(): Record<string, Record<string, string>> {
  const cell = (
    check: unknown,
    [kind, place]: readonly [RolloutKind, Place],
  ) => {
    const watched: readonly unknown[] = ROLLBACK_TRIGGERS[kind][place] ?? [];
    return watched.includes(check) ? `${watched.indexOf(check) + 1}` : '';
  };
  return Object.fromEntries(
    Object.entries(CHECKS).map(([name, check]) => [
      name,
      Object.fromEntries(
        Object.entries(COLUMNS).map(([title, where]) => [
          title,
          cell(check, where),
        ]),
      ),
    ]),
  );
}
