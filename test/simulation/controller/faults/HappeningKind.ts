import type { Mode } from '../story/Story';
import { Chance } from '../time/Chance';
import type { World } from '../world/World';
import { Happening } from './Happening';

/** One kind of thing that happens. */
export interface HappeningKind {
  /** In whose stories it comes; those of `all` and `postgres` have every kind. */
  readonly modes: readonly Mode[];
  /** How often, beside the others. */
  readonly often: number;
  /** Chooses what its fields say; the rest is 0 or empty. */
  readonly draw: (
    chance: Chance,
  ) => Partial<Pick<Happening, 'forMs' | 'amount' | 'what'>>;
  readonly begin: (world: World, happening: Happening) => void;
  /** As the transcript tells it. */
  readonly says: (happening: Happening) => string;
}

/** `12 s`, for sentences. */
export const seconds = (ms: number) => `${Math.round(ms / 100) / 10} s`;
