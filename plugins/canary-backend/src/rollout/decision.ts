import { Command, RolloutEventKind } from 'backstage-plugin-canary-common';
import { Observation } from './observation';
import { EventData, Instant, RolloutState } from './rollout';

/** A tick's observation of the world, to decide on. */
export interface Ticked {
  readonly observation: Observation;
  /** When its tick had been due, to notice a time without a controller. */
  readonly requeueAt: Instant;
  /** Fence of the commit that carries this observation, `<rollout>/<epoch>`, in case it ends the rollout. */
  readonly fence: string;
}

/** A person's click. */
export interface Commanded {
  readonly command: Exclude<Command, 'retry' | 'rollback'>;
  readonly actor: string;
  readonly reason?: string;
  readonly expectedVersion?: number;
  /** Fence of the commit that carries this command: `<rollout>/<epoch>`. */
  readonly fence: string;
}

/** What the machine decides on. */
export type MachineInput =
  | ({ readonly type: 'observed' } & Ticked)
  | ({ readonly type: 'commanded' } & Commanded);

/** An event before the store gives it its number and hash. */
export interface NewEvent {
  readonly at: Instant;
  readonly kind: RolloutEventKind;
  readonly actor: string;
  readonly message: string;
  readonly data: EventData;
}

/** What the machine concluded. `next === rollout` means: nothing to write. */
export interface Decision {
  readonly next: RolloutState;
  readonly events: readonly NewEvent[];
  /** When the world must be observed again, changed or not; absent once the rollout ended. */
  readonly requeueAt?: Instant;
}

/** A command that the present state refuses; becomes a 409 at the API. */
export interface Refusal {
  readonly refused: string;
}
