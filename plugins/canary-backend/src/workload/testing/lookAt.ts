import { Cluster } from 'backstage-plugin-canary-node';
import { readApart } from '../../kubernetes/readApart';
import { ObservedObject, RolloutState } from '../../rollout';
import {
  observeWorkload,
  WorkloadObservation,
} from '../observe/observeWorkload';

/** The workload where all of it can be read. */
export async function lookAt(
  cluster: Cluster,
  rollout: RolloutState,
): Promise<WorkloadObservation> {
  const read = readApart<ObservedObject>({ clock: { sleep: async () => {} } });
  const workload = await observeWorkload(cluster, rollout, read);
  expect(read.unknown).toEqual({});
  return workload;
}
