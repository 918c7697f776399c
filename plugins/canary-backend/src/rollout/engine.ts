import { Rollout } from 'backstage-plugin-canary-common';
import { Commanded, Decision, NewEvent, Refusal, Ticked } from './decision';
import { Observation } from './observation';
import { Instant, RolloutState } from './rollout';

/** What the controller needs of an observation; engines keep beside it what they decide with and write on. */
export interface Observed {
  readonly observation: Pick<Observation, 'at' | 'measurements'>;
  /** Whether the cluster answered at all. */
  readonly reached: boolean;
}

/**
 * What a rollout's state admits: what other rollouts of the workload and the
 * caller's permissions forbid is said where those are known.
 */
export type CommandAnswers = Required<
  Pick<Rollout, 'allowedCommands' | 'refusals'>
>;

/** A rollout as everybody outside its engine knows it. */
export type EngineView = Omit<Rollout, 'worstMetric' | keyof CommandAnswers>;

/** A committed change as everybody outside the engine knows it. */
export interface ViewedChange {
  /** Undefined when the rollout starts. */
  readonly previous?: EngineView;
  readonly next: EngineView;
  readonly events: readonly NewEvent[];
}

/**
 * Says that a write may still be made. What was decided stands in the row, and
 * the row may be somebody else's by the time of the write.
 */
export interface Ownership {
  /** Asked before every write. Throws when the replica cannot prove its lease by its own clock. */
  assertProven(): void;
  /** Asked before a write that raises exposure. Rejects with `ConflictError` when the row has changed. */
  confirm(): Promise<void>;
}

/**
 * Carries rollouts out: whose pods, whose routes and by which rules is its own
 * affair. The controller gives it ticks, the service commands; outbox, API and
 * page know of a rollout only what `view` and its events say.
 *
 * Obligations: `observe` only reads. `decide`, `command`, `commands` and `view`
 * are pure.
 * `apply` is given nothing but committed states, may be repeated, and may be
 * left half done. A step's own work it only begins: that runs beside the ticks,
 * and what has become of it is observed.
 */
export interface Engine<TObserved extends Observed = Observed> {
  /** @param lastFailure - why the writes of the last tick were refused */
  observe(
    rollout: RolloutState,
    signal: AbortSignal,
    lastFailure?: string,
  ): Promise<TObserved>;
  decide(
    rollout: RolloutState,
    observed: TObserved,
    tick: Pick<Ticked, 'requeueAt' | 'fence'>,
  ): Decision;
  /** @throws ConflictError when the cluster changed since it was observed: the tick ends */
  apply(
    rollout: RolloutState,
    observed: TObserved,
    ownership: Ownership,
    signal: AbortSignal,
  ): Promise<void>;
  /**
   * Removes what arrived in the cluster after the rollout's end, and says what. It
   * may be asked for any rollout that ended, as often as one likes.
   */
  sweep(
    rollout: RolloutState,
    ownership: Pick<Ownership, 'assertProven'>,
    signal: AbortSignal,
  ): Promise<readonly string[]>;
  /** Whom to tell that there is something new to observe of a rollout. */
  onNews(tell: (rolloutId: string) => void): void;
  /** The rollout ended, or is none of this replica's any more: what runs for it beside its ticks ends. */
  leave(rolloutId: string): void;
  /** What a person's click changes, or why it is refused. */
  command(
    rollout: RolloutState,
    commanded: Commanded,
    now: Instant,
  ): Decision | Refusal;
  /** Which commands a rollout that goes on would accept now, and why not the others. */
  commands(rollout: RolloutState): CommandAnswers;
  /** `now` is for what is left of the rollout. */
  view(rollout: RolloutState, now: Instant): EngineView;
}
