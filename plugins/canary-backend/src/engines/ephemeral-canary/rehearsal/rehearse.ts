import {
  Clock,
  StepDefinition,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { PaperCluster } from '../../../kubernetes';
import { Registry } from '../../../registry';
import { Ownership, RolloutState, whyUnseen } from '../../../rollout';
import { isTakingBack, lacksSight } from '../../../state-machine';
import { apply } from '../apply';
import { readCluster } from '../observe';
import { stagesOf } from './stagesOf';

/** What a rehearsal is made of. */
export interface RehearseDeps {
  readonly routers: Registry<TrafficRouter>;
  readonly steps: Registry<StepDefinition>;
  readonly clock: Pick<Clock, 'now' | 'sleep'>;
  /** Opens the watches of a rollout. */
  readonly watch: (
    cluster: PaperCluster,
    rollout: RolloutState,
    signal: AbortSignal,
  ) => void;
}

/** Passes of one stage; the last ones find nothing left to do. */
const MOST_PASSES = 5;

/** Nobody else has the rollout. */
const OURS: Ownership = { assertProven() {}, confirm: async () => {} };

/**
 * Takes a rollout through all of its stages on paper, by the very code that
 * will read and write for it: what is asked of the cluster here is what it
 * will be asked.
 *
 * @throws what stops the rollout
 */
export async function rehearse(
  opened: RolloutState,
  cluster: PaperCluster,
  deps: RehearseDeps,
  signal: AbortSignal,
): Promise<void> {
  deps.watch(cluster, opened, signal);
  const { clock, routers } = deps;
  const findCluster = async () => cluster;
  for (const rollout of stagesOf(opened, deps.steps)) {
    for (let pass = 1; pass <= MOST_PASSES; pass += 1) {
      const before = cluster.changes;
      const { cluster: on, unknown = {} } = await readCluster(
        rollout,
        { clock, routers, findCluster },
        signal,
      );
      if (!isTakingBack(rollout) && lacksSight(rollout, { unknown })) {
        throw new Error(whyUnseen(unknown));
      }
      await apply(
        rollout,
        { cluster: on, observation: { unknown } },
        OURS,
        signal,
      );
      if (cluster.changes === before) break;
    }
  }
}
