import {
  JsonObject,
  Phase,
  RolloutEventKind,
} from 'backstage-plugin-canary-common';
import {
  Desired,
  Instant,
  NewEvent,
  Promotion,
  RolloutState,
  StepState,
} from '../rollout';

/** What a rollout waits for, before its next tick has been timed. */
export interface Wait {
  /** CamelCase, for programs. */
  readonly reason: string;
  /** A sentence for people. */
  readonly message: string;
  /** `working` ticks every second; `waiting` until something is due. */
  readonly pace: 'working' | 'waiting';
  /** When something is due; `only` makes it the one time to tick again. */
  readonly requeueAt?: Instant;
  readonly only?: boolean;
}

/** A decision in the making: every rule takes one and returns the next. */
export interface Draft {
  readonly next: RolloutState;
  readonly events: readonly NewEvent[];
  readonly wait?: Wait;
}

/** The change that changes nothing yet. */
export function unchanged(rollout: RolloutState): Draft {
  return { next: rollout, events: [] };
}

/** The change with these fields replaced and these events added. */
export function update(
  draft: Draft,
  fields: Partial<RolloutState>,
  ...events: readonly NewEvent[]
): Draft {
  return {
    ...draft,
    next: { ...draft.next, ...fields },
    events: [...draft.events, ...events],
  };
}

/** As `update`, for fields of what the cluster should look like. */
export function updateDesired(
  draft: Draft,
  fields: Partial<Desired>,
  ...events: readonly NewEvent[]
): Draft {
  return update(
    draft,
    { desired: { ...draft.next.desired, ...fields } },
    ...events,
  );
}

/** As `update`, for fields of the current step. */
export function updateStep(draft: Draft, fields: Partial<StepState>): Draft {
  return update(draft, { step: { ...draft.next.step, ...fields } });
}

/** As `update`, for fields of the promotion; without effect before there is one. */
export function updatePromotion(
  draft: Draft,
  fields: Partial<Promotion>,
): Draft {
  const { promotion } = draft.next;
  return promotion
    ? update(draft, { promotion: { ...promotion, ...fields } })
    : draft;
}

/** Says what is waited for; the last one said is shown. */
export function waitFor(draft: Draft, wait: Wait): Draft {
  return { ...draft, wait };
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
  draft: Draft,
  phase: Phase,
  now: Instant,
  why: string,
): Draft {
  const from = draft.next.phase;
  if (from === phase) return draft;
  return update(
    draft,
    { phase, phaseSince: now },
    event('PhaseChanged', now, `${phase}: ${why}`, { from, to: phase }),
  );
}
