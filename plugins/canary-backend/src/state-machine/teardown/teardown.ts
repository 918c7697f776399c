import { isExposed } from 'backstage-plugin-canary-common';
import { canaryNameOf } from 'backstage-plugin-canary-node';
import { Instant } from '../../rollout';
import { asJson } from '../asJson';
import { update, updateDesired, Draft, event, waitFor } from '../draft';
import { describeExposure } from '../../rollout/exposure';
import { withFreshBaseline } from '../exposure/freshBaseline';
import { shiftRules } from '../exposure/shifts';
import { unacceptedBy } from '../exposure/verify';
import { DecisionInput, isCanaryGone } from '../decisionInput';
import { ownStable } from '../promotion/stable';
import { stillThere } from './stillThere';
import { isBlind, unknownOf } from '../unseen';
import { withLock } from './withLock';

/** So often may somebody undo our zero before we stop writing it every second. */
export const MAX_REVERSALS = 3;
const FIRST_BACK_OFF_MS = 30_000;
const LONGEST_BACK_OFF_MS = 600_000;

const UNSEEN_RETRY = { quickly: 5, everyMs: 300, longestMs: 5_000 };

/** Waits of `tearDown`; the two with a reason of their own are read by others. */
export const EXPOSURE_REVERSED = 'ExposureReversed';
const LOWERING_EXPOSURE = 'LoweringExposure';

type Stage = (draft: Draft, input: DecisionInput) => Draft;

/**
 * Takes the canary away in the one safe order: exposure 0 read back, drained,
 * backend removed, fence read back, objects removed, lock released. Ends without a `wait`
 * once all of it is proven; every stage looks again at those before it.
 */
export function tearDown(draft: Draft, input: DecisionInput): Draft {
  const stages: readonly Stage[] = [
    giveUpLost,
    lowerExposure,
    drain,
    removeBackend,
    raiseFence,
    removeCanary,
    releaseLock,
  ];
  let tornDown: Draft = { ...draft, wait: undefined };
  for (const stage of stages) {
    tornDown = stage(tornDown, input);
    if (tornDown.wait) return tornDown;
  }
  return tornDown;
}

/** A canary that somebody deleted, and that nobody is sent to, is not made anew to be taken away. */
function giveUpLost(draft: Draft, input: DecisionInput): Draft {
  const { desired, phase } = draft.next;
  const { traffic, unknown } = input.observation;
  const isSentTo =
    unknown?.traffic !== undefined || isExposed(traffic.exposure);
  const isLost = phase === 'RollingBack' && isCanaryGone(input) && !isSentTo;
  return isLost && desired.canary === 'present'
    ? updateDesired(draft, {
        canary: 'absent',
        ...withFreshBaseline(desired, 'absent'),
      })
    : draft;
}

function lowerExposure(draft: Draft, input: DecisionInput): Draft {
  const { now, observation } = input;
  const { desired, drainedSince, phase, traffic, verified } = draft.next;
  // A sticky session reaches the canary at weight 0 too, as long as it is a backend.
  const mustLeave = phase === 'RollingBack' && observation.traffic.sticky;
  const prepared =
    mustLeave && desired.backend === 'present'
      ? updateDesired(draft, { backend: 'absent' })
      : draft;

  const shift = shiftRules(input.context);
  if (
    shift.isZeroShown(prepared.next, input) &&
    (!mustLeave || shift.isBackendGone(prepared.next, input))
  ) {
    const since = isExposed(verified.exposure) ? now : verified.since;
    return update(prepared, {
      verified: { exposure: desired.exposure, since },
      drainedSince: drainedSince ?? now,
    });
  }
  const unseen = unknownOf(input, shift.shownBy);
  if (unseen) {
    return waitFor(prepared, {
      reason: isBlind(prepared.next) ? 'ClusterUnreachable' : LOWERING_EXPOSURE,
      message: `All traffic is being taken off the canary, but nobody can see whether it is gone. ${unseen}`,
      pace: 'working',
      requeueAt: now + retryMs(prepared.next.unseen?.[shift.shownBy]?.times),
      only: true,
    });
  }
  if (shift.isStillRouted(input)) return noteReversal(prepared, input);
  return waitFor(prepared, {
    reason: LOWERING_EXPOSURE,
    message: `Waiting until the route of ${
      traffic.stableService
    } shows no traffic for the canary.${wayOut(prepared, input)}`,
    pace: 'working',
  });
}

/** Who has not taken the route over, and what a person can do where that never comes. */
function wayOut(draft: Draft, input: DecisionInput): string {
  const missing = unacceptedBy(input);
  const { name } = draft.next.target;
  return missing
    ? `${missing} Mend that gateway, or take it out of the route. Where neither can be, delete Deployment and Service ${canaryNameOf(
        name,
      )}: once both are gone nobody can reach the canary, and the rollout ends.`
    : '';
}

/** Users may still be on the canary: at once at first, then ever more rarely. */
function retryMs(times: number = 1): number {
  const { quickly, everyMs, longestMs } = UNSEEN_RETRY;
  if (times <= quickly) return everyMs;
  return Math.min(longestMs, everyMs * 2 ** (times - quickly));
}

/**
 * The canary has traffic although we desire none. That is our write on its way,
 * or, once it had arrived, somebody who undid it. After three times we stop
 * fighting: the canary keeps its pods, and we try again ever more rarely.
 */
function noteReversal(draft: Draft, input: DecisionInput): Draft {
  const { now, observation } = input;
  const { desired, drainedSince, reversals, waitingFor, traffic } = draft.next;
  const found = describeExposure(observation.traffic.exposure);
  const lowering = waitFor(draft, {
    reason: LOWERING_EXPOSURE,
    message: `The canary still gets ${found}; it is being taken away.`,
    pace: 'working',
  });

  if (waitingFor?.reason === EXPOSURE_REVERSED) {
    return now < waitingFor.nextCheckAt
      ? backOff(draft, waitingFor.message, waitingFor.nextCheckAt)
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
  const counted = update(
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

function backOff(draft: Draft, message: string, requeueAt: Instant): Draft {
  return waitFor(draft, {
    reason: EXPOSURE_REVERSED,
    message,
    pace: 'waiting',
    requeueAt,
    only: true,
  });
}

function drain(draft: Draft, { now }: DecisionInput): Draft {
  const { drainedSince = now, plan, target } = draft.next;
  const until = drainedSince + plan.traffic.drainMs;
  if (now >= until) return draft;
  return waitFor(draft, {
    reason: 'Draining',
    message: `Requests that ${canaryNameOf(
      target.name,
    )} still answers may end.`,
    pace: 'working',
    requeueAt: until,
  });
}

function removeBackend(draft: Draft, input: DecisionInput): Draft {
  const { desired, traffic } = draft.next;
  const removed =
    desired.backend === 'absent'
      ? draft
      : updateDesired(draft, { backend: 'absent' });
  if (shiftRules(input.context).isBackendGone(removed.next, input)) {
    return removed;
  }
  return waitFor(removed, {
    reason: 'BackendStillThere',
    message: `Waiting until the route of ${
      traffic.stableService
    } no longer names the canary.${wayOut(removed, input)}`,
    pace: 'working',
  });
}

/** The write of a stalled former owner must have failed before the canary may go. */
function raiseFence(draft: Draft, input: DecisionInput): Draft {
  const { desired, target } = draft.next;
  const { fence } = desired;
  if (fence === undefined) return draft;
  const missing = [
    shiftRules(input.context).isRouteFenced(fence, input)
      ? undefined
      : 'the route',
    mustFenceStable(draft, input) &&
    ownStable(draft.next, input)?.fence !== fence
      ? `Deployment ${target.name}`
      : undefined,
  ].filter(Boolean);
  if (missing.length === 0) return draft;
  return waitFor(draft, {
    reason: 'FenceNotReadBack',
    message: `Waiting until ${missing.join(
      ' and ',
    )} carries the fence ${fence}.`,
    pace: 'working',
  });
}

function mustFenceStable(draft: Draft, input: DecisionInput): boolean {
  return (
    draft.next.desired.stable === 'restored' &&
    (unknownOf(input, 'stable') !== undefined ||
      ownStable(draft.next, input) !== undefined)
  );
}

function removeCanary(draft: Draft, input: DecisionInput): Draft {
  const { desired, target } = draft.next;
  const removed =
    desired.canary === 'absent' && !desired.hpaFloor && !desired.fence
      ? draft
      : updateDesired(draft, {
          canary: 'absent',
          ...withFreshBaseline(desired, 'absent'),
          hpaFloor: false,
          // Once read back it has done its work: the resourceVersions have moved on.
          fence: undefined,
        });
  const remaining = stillThere(removed.next, input);
  if (remaining.length === 0) return removed;
  const { unknown = {} } = input.observation;
  return waitFor(removed, {
    reason: 'CleaningUp',
    message: [
      `Waiting until ${remaining.join(', ')} of ${target.name} is gone.`,
      ...new Set(Object.values(unknown)),
    ].join(' '),
    pace: 'working',
  });
}

/**
 * Last of all, and only once nothing that it owns is left: from then on the
 * cluster removes what still arrives in its name.
 */
function releaseLock(draft: Draft, input: DecisionInput): Draft {
  const { desired, target } = draft.next;
  const released =
    desired.lock === 'present'
      ? updateDesired(draft, withLock(desired, 'absent'))
      : draft;
  const unseen = unknownOf(input, 'lock');
  if (!input.observation.lock && !unseen) return released;
  return waitFor(released, {
    reason: 'CleaningUp',
    message: [
      `Waiting until Lease ${target.namespace}/${canaryNameOf(
        target.name,
      )}, the lock of the rollout, is gone.`,
      unseen,
    ]
      .filter(Boolean)
      .join(' '),
    pace: 'working',
  });
}
