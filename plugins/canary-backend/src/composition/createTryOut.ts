import { Clock } from 'backstage-plugin-canary-node';
import { watchRollout } from '../controller';
import { tryOut } from '../engines';
import { PreflightDeps } from '../service';
import { trafficTargetOf } from '../traffic';
import { Registries } from './createRegistries';

/** Asks a cluster for a rollout before it starts, its watches included. */
export function createTryOut(
  { routers, steps }: Pick<Registries, 'routers' | 'steps'>,
  clock: Pick<Clock, 'now' | 'sleep'>,
): PreflightDeps['tryOut'] {
  return (cluster, opened) =>
    tryOut(opened, cluster, {
      routers,
      steps,
      clock,
      watch: (paper, rollout, signal) =>
        watchRollout({
          cluster: paper,
          rollout,
          routeObjects: routers
            .get(rollout.plan.traffic.router)
            .resources(trafficTargetOf(rollout)),
          onChange() {},
          throttleMs: 0,
          clock,
          signal,
        }),
    });
}
