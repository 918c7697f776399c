import {
  baselineNameOf,
  canaryNameOf,
  Cluster,
  KubernetesObject,
  ObjectRef,
} from 'backstage-plugin-canary-node';
import { RolloutState } from '../../../rollout';

/** Reads of one moment, each object once. */
export type ReadOnce = (
  ref: ObjectRef,
  signal?: AbortSignal,
) => Promise<KubernetesObject | undefined>;

/**
 * What a rollout would find, however often it is rehearsed. The names that it
 * will take are free here: who has them is said by others, and has to go first.
 * What we may not read is not there; that we may not, our rights tell.
 */
export function readOnce({ target }: RolloutState, cluster: Cluster): ReadOnce {
  const ours = [canaryNameOf(target.name), baselineNameOf(target.name)];
  const found = new Map<string, Promise<KubernetesObject | undefined>>();
  return async (ref, signal) => {
    if (ours.includes(ref.name)) return undefined;
    const key = JSON.stringify(ref);
    const reading =
      found.get(key) ??
      cluster.get(ref, signal).catch(error => {
        if (error.name !== 'NotAllowedError') throw error;
        return undefined;
      });
    found.set(key, reading);
    return reading;
  };
}
