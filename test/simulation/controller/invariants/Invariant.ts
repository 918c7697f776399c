import { Write } from '../cluster/ApiServer';
import { Committed } from '../database/SimulatedDatabase';
import type { Answered } from '../people/ask';
import type { Sent, World } from '../world/World';
import type { Witness } from './Witness';

/** What an invariant asks: the world as it really is, and what was seen of it. */
export interface Scene {
  readonly world: World;
  readonly witness: Witness;
}

/** What must be so, whatever happens. Each check returns a sentence where it is not. */
export interface Invariant {
  /** Where the design says so: `Rule 1`, `Fence`. */
  readonly rule: string;
  readonly says: string;
  /** A decision was written. */
  readonly committed?: (
    committed: Committed,
    scene: Scene,
  ) => string | undefined;
  /** A replica of ours changed the cluster. */
  readonly wrote?: (write: Write, scene: Scene) => string | undefined;
  /** A replica sends a write. */
  readonly sent?: (sent: Sent, scene: Scene) => string | undefined;
  /** A click was answered. */
  readonly answered?: (answered: Answered, scene: Scene) => string | undefined;
  /** Something happened, and nothing has been wrong for a while. */
  readonly calm?: (scene: Scene) => string | undefined;
  /** All is over. */
  readonly ended?: (
    scene: Scene,
  ) => string | undefined | Promise<string | undefined>;
}
