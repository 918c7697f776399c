import {
  canaryNameOf,
  Cluster,
  TrafficObjects,
  TrafficRouter,
  TrafficTarget,
} from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';

/** Whose traffic is shifted: all of it is in the rollout, nothing is looked up. */
export function trafficTargetOf({
  id,
  target,
  plan,
}: Pick<RolloutState, 'id' | 'target' | 'plan'>): TrafficTarget {
  return {
    namespace: target.namespace,
    workload: target.name,
    canaryService: canaryNameOf(target.name),
    rolloutId: id,
    params: plan.traffic.params,
  };
}

/** The router's objects as they are now, one request each. */
export function readTrafficObjects(
  cluster: Cluster,
  router: TrafficRouter,
  target: TrafficTarget,
  signal?: AbortSignal,
): Promise<TrafficObjects> {
  return Promise.all(
    router.resources(target).map(ref => cluster.get(ref, signal)),
  );
}
