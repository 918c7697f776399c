import { isEnded, isExposed } from 'backstage-plugin-canary-common';
import { Decision, Instant, RolloutState, sameJson, Seen } from '../rollout';
import { Draft } from './draft';
import { deadlineOf } from './holds/deadlines';
import { DecisionInput } from './decisionInput';
import { isVerified } from './exposure/verify';
import { versioned } from './versioned';

const WORKING_MS = 1_000;
const EXPOSED_MS = 5_000;
const UNEXPOSED_MS = 30_000;

/**
 * Finishes a decision: notes what was seen, when to observe again and the new
 * version. An observation that changed nothing but its times gives the very
 * rollout back: there is nothing to write.
 */
export function finish(
  rollout: RolloutState,
  draft: Draft,
  input: DecisionInput,
): Decision {
  if (isEnded(rollout.phase)) return { next: rollout, events: [] };
  const seen = noteSeen(draft.next, input);
  if (isEnded(seen.phase)) {
    return { next: versioned(rollout, seen), events: draft.events };
  }

  const requeueAt = nextRequeueAt({ ...draft, next: seen }, input);
  const next: RolloutState = {
    ...seen,
    requeueAt,
    waitingFor: {
      reason: draft.wait?.reason ?? seen.phase,
      message: withFailure(
        draft.wait?.message ?? `The rollout is ${seen.phase}.`,
        input,
      ),
      nextCheckAt: requeueAt,
      everyMs: requeueAt - input.now,
    },
  };
  if (
    draft.events.length === 0 &&
    sameJson(material(next), material(rollout))
  ) {
    return { next: rollout, events: [], requeueAt };
  }
  return { next: versioned(rollout, next), events: draft.events, requeueAt };
}

/** A write that the cluster refused is often the very reason of a wait. */
function withFailure(message: string, { observation }: DecisionInput): string {
  const { applyFailure } = observation;
  return applyFailure
    ? `${message} The last write was refused: ${applyFailure}`
    : message;
}

/** The earliest time at which anything can be different. */
function nextRequeueAt({ next, wait }: Draft, input: DecisionInput): Instant {
  const { now, observation } = input;
  const { performed } = observation;
  if (wait?.only && wait.requeueAt !== undefined) return wait.requeueAt;
  if (wait?.pace !== 'waiting') return now + WORKING_MS;
  const exposed =
    isExposed(next.desired.exposure) || isExposed(next.verified.exposure);
  const due = [
    wait.requeueAt,
    deadlineOf(next),
    performed && 'error' in performed ? performed.retryAt : undefined,
    ...next.holds.map(({ until }) => until),
    ...next.analyses.flatMap(({ endsAt, metrics }) => [
      endsAt,
      ...metrics.map(({ dueAt }) => dueAt),
    ]),
  ].filter((at): at is Instant => at !== undefined && at > now);
  return Math.min(now + (exposed ? EXPOSED_MS : UNEXPOSED_MS), ...due);
}

function noteSeen(rollout: RolloutState, input: DecisionInput): RolloutState {
  const { observation, now } = input;
  const { stable, canary, traffic, unknown = {} } = observation;
  if (unknown.stable && unknown.canary && unknown.traffic) return rollout;
  const { seen: last } = rollout;
  const podsOf = (view: typeof stable) =>
    view && { desired: view.replicas.desired, ready: view.replicas.ready };
  const weight = traffic.found ? traffic.exposure.weight : 0;
  const seen: Seen = {
    at: now,
    weight: unknown.traffic ? last?.weight ?? 0 : weight,
    verified: isVerified(rollout, input),
    stable: unknown.stable ? last?.stable : podsOf(stable),
    canary: unknown.canary ? last?.canary : podsOf(canary),
  };
  return { ...rollout, seen };
}

/** A rollout without the times of observing, which do not count as a change. */
function material({ requeueAt: _, waitingFor, seen, ...rest }: RolloutState) {
  return {
    ...rest,
    waitingFor: waitingFor && [waitingFor.reason, waitingFor.message],
    seen: seen && { ...seen, at: undefined },
  };
}
