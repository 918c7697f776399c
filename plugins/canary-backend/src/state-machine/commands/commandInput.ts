import { Instant } from '../../rollout';
import { MachineContext } from '../context';

/** What a command is carried out with; it sees nothing of the cluster. */
export interface CommandInput {
  readonly now: Instant;
  /** `<rollout>/<epoch>` of the commit that carries the command. */
  readonly fence: string;
  readonly context: MachineContext;
  readonly actor: string;
  readonly reason?: string;
}
