import { Clock } from 'backstage-plugin-canary-node';
import { trafficTargetOf } from '../../traffic';
import type { ControllerOptions } from '../Controller';
import { ObserveDeps } from '../tick/observe';
import { watchRollout } from './watchRollout';

/** Pods come in bursts; one look tells what all of them did. */
const THROTTLE_MS = 300;

/** Watches the cluster of a rollout that is being worked on. */
export function createWatch(
  deps: Pick<ObserveDeps, 'findCluster' | 'routers'> & {
    readonly clock: Clock;
  },
): Required<ControllerOptions>['watch'] {
  return (rollout, onChange, signal) => {
    const begin = async () => {
      const cluster = await deps.findCluster(rollout.target.cluster);
      if (signal.aborted) return;
      const router = deps.routers.get(rollout.plan.traffic.router);
      watchRollout({
        cluster,
        rollout,
        routeObjects: router.resources(trafficTargetOf(rollout)),
        onChange,
        throttleMs: THROTTLE_MS,
        clock: deps.clock,
        signal,
      });
    };
    // A watch that cannot begin costs speed, nothing else: looks come anyway.
    begin().catch(() => undefined);
  };
}
