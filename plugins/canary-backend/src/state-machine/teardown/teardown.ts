import { isExposed } from 'backstage-plugin-canary-common';
import { Instant } from '../../rollout';
import { asJson } from '../asJson';
import { amend, amendDesired, Change, event, waitFor } from '../draft';
import { describeExposure } from '../../rollout/exposure';
import { withFreshBaseline } from '../exposure/freshBaseline';
import { Look, scalingIsShift } from '../decisionInput';
import {
  isBackendGone,
  isCanaryGone,
  isHpaRestored,
  isZeroReadBack,
} from './lowering';
import { ownStable } from '../promotion/stable';

/** So often may somebody undo our zero before we stop writing it every second. */
export const MAX_REVERSALS = 3;
const FIRST_BACK_OFF_MS = 30_000;
const LONGEST_BACK_OFF_MS = 600_000;

/** Waits of `windDown`; the two with a reason of their own are read by others. */
export const EXPOSURE_REVERSED = 'ExposureReversed';
const LOWERING_EXPOSURE = 'LoweringExposure';

type Stage = (change: Change, look: Look) => Change;

/**
 * Takes the canary away in the one safe order: exposure 0 read back, drained,
 * backend removed, fence read back, objects removed. Ends without a `wait`
 * once all of it is proven; every stage looks again at those before it.
 */
export function windDown(change: Change, look: Look): Change {
  const stages: readonly Stage[] = [
    lowerExposure,
    drain,
    removeBackend,
    raiseFence,
    removeCanary,
  ];
  let wound: Change = { ...change, wait: undefined };
  for (const stage of stages) {
    wound = stage(wound, look);
    if (wound.wait) return wound;
  }
  return wound;
}

function lowerExposure(change: Change, look: Look): Change {
  const { now, observation } = look;
  const { desired, drainedSince, phase, traffic, verified } = change.next;
  // A sticky session reaches the canary at weight 0 too, as long as it is a backend.
  const mustLeave = phase === 'RollingBack' && observation.traffic.sticky;
  const prepared =
    mustLeave && desired.backend === 'present'
      ? amendDesired(change, { backend: 'absent' })
      : change;

  if (isZeroReadBack(look) && (!mustLeave || isBackendGone(look))) {
    const since = isExposed(verified.exposure) ? now : verified.since;
    return amend(prepared, {
      verified: { exposure: desired.exposure, since },
      drainedSince: drainedSince ?? now,
    });
  }
  if (
    isExposed(observation.traffic.exposure) &&
    !scalingIsShift(look.context)
  ) {
    return noteReversal(prepared, look);
  }
  return waitFor(prepared, {
    reason: LOWERING_EXPOSURE,
    message: `Waiting until the route of ${traffic.stableService} shows no traffic for the canary.`,
    pace: 'working',
  });
}

/**
 * The canary has traffic although we desire none. That is our write on its way,
 * or, once it had arrived, somebody who undid it. After three times we stop
 * fighting: the canary keeps its pods, and we try again ever more rarely.
 */
function noteReversal(change: Change, look: Look): Change {
  const { now, observation } = look;
  const { desired, drainedSince, reversals, waitingFor, traffic } = change.next;
  const found = describeExposure(observation.traffic.exposure);
  const lowering = waitFor(change, {
    reason: LOWERING_EXPOSURE,
    message: `The canary still gets ${found}; it is being taken away.`,
    pace: 'working',
  });

  if (waitingFor?.reason === EXPOSURE_REVERSED) {
    return now < waitingFor.nextCheckAt
      ? backOff(change, waitingFor.message, waitingFor.nextCheckAt)
      : lowering;
  }
  const fenceArrived =
    desired.fence !== undefined && observation.trafficFence === desired.fence;
  if (!fenceArrived && drainedSince === undefined && reversals === 0) {
    return lowering;
  }

  const count = reversals + 1;
  const message =
    `Somebody gives the canary traffic again (${found} in the route of ` +
    `${traffic.stableService}), ${count} times now.`;
  const counted = amend(
    lowering,
    { reversals: count, drainedSince: undefined },
    event('Warning', now, message, {
      warning: EXPOSURE_REVERSED,
      reversals: count,
      observed: asJson(observation.traffic.exposure),
    }),
  );
  if (count < MAX_REVERSALS) return counted;
  const backOffMs = Math.min(
    LONGEST_BACK_OFF_MS,
    FIRST_BACK_OFF_MS * 2 ** (count - MAX_REVERSALS),
  );
  return backOff(
    counted,
    `${message} We stop writing for now; the canary keeps its pods. Find out who writes this route.`,
    now + backOffMs,
  );
}

function backOff(change: Change, message: string, checkAt: Instant): Change {
  return waitFor(change, {
    reason: EXPOSURE_REVERSED,
    message,
    pace: 'waiting',
    checkAt,
    only: true,
  });
}

function drain(change: Change, { now }: Look): Change {
  const { drainedSince = now, plan, target } = change.next;
  const until = drainedSince + plan.traffic.drainMs;
  if (now >= until) return change;
  return waitFor(change, {
    reason: 'Draining',
    message: `Requests that ${target.name}-canary still answers may end.`,
    pace: 'working',
    checkAt: until,
  });
}

function removeBackend(change: Change, look: Look): Change {
  const { desired, traffic } = change.next;
  const removed =
    desired.backend === 'absent'
      ? change
      : amendDesired(change, { backend: 'absent' });
  if (isBackendGone(look)) return removed;
  return waitFor(removed, {
    reason: 'BackendStillThere',
    message: `Waiting until the route of ${traffic.stableService} no longer names the canary.`,
    pace: 'working',
  });
}

/** The write of a stalled former owner must have failed before the canary may go. */
function raiseFence(change: Change, look: Look): Change {
  const { desired, target } = change.next;
  const { fence } = desired;
  if (fence === undefined || desired.canary === 'absent') return change;
  const { traffic, trafficFence } = look.observation;
  const missing = [
    traffic.found && !scalingIsShift(look.context) && trafficFence !== fence
      ? 'the route'
      : undefined,
    mustFenceStable(change, look) &&
    ownStable(change.next, look)?.fence !== fence
      ? `Deployment ${target.name}`
      : undefined,
  ].filter(Boolean);
  if (missing.length === 0) return change;
  return waitFor(change, {
    reason: 'FenceNotReadBack',
    message: `Waiting until ${missing.join(
      ' and ',
    )} carries the fence ${fence}.`,
    pace: 'working',
  });
}

function mustFenceStable(change: Change, look: Look): boolean {
  return (
    change.next.desired.stable === 'restored' &&
    ownStable(change.next, look) !== undefined
  );
}

function removeCanary(change: Change, look: Look): Change {
  const { desired, target } = change.next;
  const removed =
    desired.canary === 'absent' && !desired.hpaFloor && !desired.fence
      ? change
      : amendDesired(change, {
          canary: 'absent',
          ...withFreshBaseline(desired, 'absent'),
          hpaFloor: false,
          // Once read back it has done its work: the resourceVersions have moved on.
          fence: undefined,
        });
  const leftovers = leftoversOf(removed, look);
  if (leftovers.length === 0) return removed;
  return waitFor(removed, {
    reason: 'CleaningUp',
    message: `Waiting until ${leftovers.join(', ')} of ${target.name} is gone.`,
    pace: 'working',
  });
}

function leftoversOf({ next }: Change, look: Look): string[] {
  const { trafficFence, traffic, hpa } = look.observation;
  return [
    isCanaryGone(look) ? '' : 'the canary',
    look.observation.freshBaseline ? 'the fresh baseline' : '',
    traffic.found && trafficFence ? 'the fence of the route' : '',
    ownStable(next, look)?.fence ? 'the fence of the stable' : '',
    isHpaRestored(look) ? '' : `the floor of ${hpa?.name}`,
  ].filter(Boolean);
}
