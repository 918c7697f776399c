import {
  JsonObject,
  Phase,
  RolloutEventKind,
} from 'backstage-plugin-canary-common';
import {
  Desired,
  Instant,
  NewEvent,
  RolloutState,
  StepState,
} from '../rollout';

/** What a rollout waits for, before its next look has been timed. */
export interface Wait {
  /** CamelCase, for programs. */
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
  /** `working` looks every second; `waiting` until something is due. */
  readonly pace: 'working' | 'waiting';
  /** When something is due; `only` makes it the one time to look again. */
  readonly checkAt?: Instant;
  readonly only?: boolean;
}

/** A decision in the making: every rule takes one and returns the next. */
export interface Change {
  readonly next: RolloutState;
  readonly events: readonly NewEvent[];
  readonly wait?: Wait;
}

/** The change that changes nothing yet. */
export function unchanged(rollout: RolloutState): Change {
  return { next: rollout, events: [] };
}

/** The change with these fields replaced and these events added. */
export function amend(
  change: Change,
  fields: Partial<RolloutState>,
  ...events: readonly NewEvent[]
): Change {
  return {
    ...change,
    next: { ...change.next, ...fields },
    events: [...change.events, ...events],
  };
}

/** As `amend`, for fields of what the cluster should look like. */
export function amendDesired(
  change: Change,
  fields: Partial<Desired>,
  ...events: readonly NewEvent[]
): Change {
  return amend(
    change,
    { desired: { ...change.next.desired, ...fields } },
    ...events,
  );
}

/** As `amend`, for fields of the current step. */
export function amendStep(change: Change, fields: Partial<StepState>): Change {
  return amend(change, { step: { ...change.next.step, ...fields } });
}

/** Says what is waited for; the last one said is shown. */
export function waitFor(change: Change, wait: Wait): Change {
  return { ...change, wait };
}

/** An event of the history; without an actor it is the system's own. */
export function event(
  kind: RolloutEventKind,
  at: Instant,
  message: string,
  data: JsonObject = {},
  actor: string = 'system',
): NewEvent {
  return { at, kind, actor, message, data };
}

/** Enters a phase and says why; being there already is no event. */
export function enterPhase(
  change: Change,
  phase: Phase,
  now: Instant,
  why: string,
): Change {
  const from = change.next.phase;
  if (from === phase) return change;
  return amend(
    change,
    { phase, phaseSince: now },
    event('PhaseChanged', now, `${phase}: ${why}`, { from, to: phase }),
  );
}
