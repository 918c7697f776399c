import { HeaderRoute } from 'backstage-plugin-canary-common';
import {
  Cluster,
  ReadyPods,
  TrafficObjects,
  TrafficObservation,
  TrafficRouter,
} from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { sameHeader } from '../../rollout/exposure';
import { readFence } from './fence';
import { readTrafficObjects, trafficTargetOf } from './trafficTarget';

/** What one read of the route saw, and the very objects that a raising write is planned on. */
export interface ObservedTraffic {
  readonly observation: TrafficObservation;
  readonly objects: TrafficObjects;
  /**
   * The fence that every object of the route carries. Where there is none to
   * carry it, the desired one: nothing is left that a stalled writer could raise.
   */
  readonly fence?: string;
}

/** Reads the route; writes nothing. Errors are the cluster's. */
export async function observeTraffic(
  options: {
    readonly cluster: Cluster;
    readonly router: TrafficRouter;
    readonly rollout: RolloutState;
    /** Ready pods of stable and canary, as the same tick saw them. */
    readonly pods: ReadyPods;
  },
  signal?: AbortSignal,
): Promise<ObservedTraffic> {
  const { cluster, router, rollout } = options;
  const target = trafficTargetOf(rollout);
  const objects = await readTrafficObjects(cluster, router, target, signal);
  return {
    objects,
    observation: readTraffic(router, rollout, objects, options.pods),
    fence: readFence(objects, rollout.desired.fence),
  };
}

/** The observation of objects that were read. Pure. */
export function readTraffic(
  router: TrafficRouter,
  rollout: RolloutState,
  objects: TrafficObjects,
  pods: ReadyPods,
): TrafficObservation {
  const { traffic, desired, strategy } = rollout;
  const target = trafficTargetOf(rollout);
  const seen = router.observe(objects, target, traffic, pods);
  const { headerRoutes } = seen.exposure;
  return {
    ...seen,
    exposure: { ...seen.exposure, headerRoutes: named(headerRoutes, rollout) },
    // Where scaling is the shift there is no backend to name: without pods
    // whatever is desired is so.
    backend:
      router.scaling && pods.canary === 0 ? desired.backend : seen.backend,
    // A rollback at once does not use the route, so its state cannot hold it.
    problem: strategy === 'rollback' ? undefined : seen.problem,
  };
}

/** Gives header routes the names that the plan knows them by; it may know one by several. */
function named(
  routes: readonly HeaderRoute[],
  { desired, verified }: RolloutState,
): readonly HeaderRoute[] {
  return routes.flatMap(route => {
    const names = [desired, verified]
      .map(({ exposure }) =>
        exposure.headerRoutes.filter(ours => sameHeader(ours, route)),
      )
      .find(list => list.length > 0);
    return names ?? [route];
  });
}
