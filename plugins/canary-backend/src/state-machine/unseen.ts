import {
  Instant,
  Observation,
  OBSERVED_OBJECTS,
  ObservedObject,
  RolloutState,
  Unseen,
} from '../rollout';
import { DecisionInput } from './decisionInput';
import { Draft, update } from './draft';
import { kindOf } from './kindOf';

/**
 * When the absence of somebody else's object is believed: said so often in a
 * row, over so long. An API that is restarting, or whose aggregation is broken,
 * denies what it has for seconds.
 */
export const BELIEVED_AFTER = { times: 3, ms: 10_000 };

/** More are not counted: nothing depends on them, and every count is a write. */
const MOST_COUNTED = 10;

/** Everything but what a rollout of the kind never has. */
const OBJECTS: Readonly<
  Record<ReturnType<typeof kindOf>, readonly ObservedObject[]>
> = {
  canary: OBSERVED_OBJECTS,
  observe: OBSERVED_OBJECTS,
  // It only puts images into the stable.
  restore: ['stable'],
};

/** Somebody else's objects, and whether the cluster said that one does not exist. */
const DENIED: Readonly<
  Partial<
    Record<
      ObservedObject,
      (rollout: RolloutState, observation: Observation) => boolean
    >
  >
> = {
  stable: (_, { stable }) => !stable,
  hpa: ({ startSnapshot }, { hpa }) => startSnapshot.hpa !== undefined && !hpa,
  traffic: (_, { traffic }) => !traffic.found,
};

/**
 * Notes what was not seen, and takes the absence of somebody else's object for
 * unknown until it is proven: nothing is ended, and nothing deleted, on a single
 * answer. Objects of ours are gone at one, for a name that is free can only be
 * ours to take again.
 */
export function noteUnseen(
  draft: Draft,
  input: DecisionInput,
): { readonly draft: Draft; readonly input: DecisionInput } {
  const { observation, now } = input;
  const unknown: Partial<Record<ObservedObject, string>> = {};
  const unseen: Partial<Record<ObservedObject, Unseen>> = {};

  for (const object of OBJECTS[kindOf(draft.next)]) {
    const why = observation.unknown?.[object];
    const isDenied = DENIED[object]?.(draft.next, observation) ?? false;
    if (why === undefined && !isDenied) continue;
    const as = why === undefined ? 'absent' : 'unknown';
    const noted = countedOn(draft.next.unseen?.[object], as, now);
    unseen[object] = noted;
    if (why !== undefined) unknown[object] = why;
    else if (!isProven(noted, now))
      unknown[object] = notYet(object, draft.next);
  }

  const isSeen = Object.keys(unseen).length === 0;
  const noted =
    isSeen && !draft.next.unseen
      ? draft
      : update(draft, { unseen: isSeen ? undefined : unseen });
  const isKnown = Object.keys(unknown).length === 0;
  return {
    draft: noted,
    input: {
      ...input,
      observation: { ...observation, unknown: isKnown ? undefined : unknown },
    },
  };
}

/** Whether something is unknown that a rollout of this kind goes by: then it does not go forward. */
export function lacksSight(
  rollout: RolloutState,
  { unknown = {} }: Pick<Observation, 'unknown'>,
): boolean {
  // A lock only helps to clean up: the end alone asks for it.
  return OBJECTS[kindOf(rollout)].some(
    object => object !== 'lock' && unknown[object] !== undefined,
  );
}

/** Why nothing may be concluded of this object; undefined where it may. */
export function unknownOf(
  { observation }: DecisionInput,
  object: ObservedObject,
): string | undefined {
  return observation.unknown?.[object];
}

/** Whether nothing at all could be read. */
export function isBlind({ unseen = {}, ...rollout }: RolloutState): boolean {
  return OBJECTS[kindOf(rollout)].every(
    object => unseen[object]?.as === 'unknown',
  );
}

function countedOn(
  last: Unseen | undefined,
  as: Unseen['as'],
  now: Instant,
): Unseen {
  if (last?.as !== as) return { since: now, times: 1, as };
  return { ...last, times: Math.min(MOST_COUNTED, last.times + 1) };
}

function isProven({ since, times }: Unseen, now: Instant): boolean {
  return times >= BELIEVED_AFTER.times && now - since >= BELIEVED_AFTER.ms;
}

function notYet(object: ObservedObject, rollout: RolloutState): string {
  const { times, ms } = BELIEVED_AFTER;
  return `${nameOf(
    object,
    rollout,
  )} is not found; that is believed after ${times} answers in ${ms / 1000} s.`;
}

function nameOf(
  object: ObservedObject,
  { target, startSnapshot, traffic }: RolloutState,
): string {
  switch (object) {
    case 'hpa':
      return `HorizontalPodAutoscaler ${target.namespace}/${startSnapshot.hpa?.name}`;
    case 'traffic':
      return `The route in front of ${traffic.stableService}`;
    default:
      return `Deployment ${target.namespace}/${target.name}`;
  }
}
