import { RolloutState } from '../../rollout';
import { mayWrite } from '../../state-machine';
import { applyTraffic } from '../../traffic';
import { applyWorkload } from '../../workload';
import { ClusterObserved } from './observe';

/**
 * Brings the cluster to the committed desired state: pods before traffic when
 * exposure rises, traffic before pods when it falls. Safe to repeat, safe to
 * leave half done.
 *
 * @throws ConflictError when the cluster changed since it was observed: the tick ends
 */
export async function apply(
  rollout: RolloutState,
  observed: ClusterObserved,
  signal: AbortSignal,
): Promise<void> {
  if (!observed.cluster || !mayWrite(rollout)) return;
  const { cluster, router, workload, traffic } = observed.cluster;

  const applyPods = () =>
    applyWorkload(cluster, rollout, workload, signal, {
      keepServiceLabels: router.scaling !== undefined,
    });
  const applyRoute = () =>
    applyTraffic({ cluster, router, rollout, observed: traffic }, signal);

  if (rollout.phase === 'RollingBack') {
    await applyRoute();
    await applyPods();
  } else {
    await applyPods();
    await applyRoute();
  }
}
