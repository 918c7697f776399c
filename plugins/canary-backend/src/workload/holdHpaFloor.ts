import { Cluster, KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../model';
import { minReplicasOf } from './observeWorkload';
import { mergeOnto, patchFresh } from './patchFresh';

/**
 * Keeps an HPA from taking the stable's pods while users are on the canary: its
 * floor is the live count of the start. At the end it gets its own floor back,
 * unless somebody else has set another one meanwhile.
 *
 * Where we may not write it, and the plan accepts that risk, it stays.
 */
export async function holdHpaFloor(
  cluster: Cluster,
  { desired, baseline, plan }: RolloutState,
  hpa: KubernetesObject,
  signal?: AbortSignal,
): Promise<void> {
  const before = baseline.hpa?.minReplicas;
  if (before === undefined) return;
  const held = heldFloor(baseline.replicas, hpa);
  try {
    await patchFresh(
      cluster,
      hpa,
      object => {
        const now = minReplicasOf(object);
        const lowered = now === held ? before : now;
        const wanted = desired.hpaFloor ? Math.max(now, held) : lowered;
        return wanted === now
          ? undefined
          : mergeOnto(object, { spec: { minReplicas: wanted } });
      },
      signal,
    );
  } catch (error) {
    const refused = (error as Error).name === 'NotAllowedError';
    if (!refused || !plan.acceptCapacityRisk) throw error;
  }
}

/** The API refuses a floor above the ceiling. */
function heldFloor(liveReplicas: number, { spec }: KubernetesObject): number {
  const ceiling = spec?.maxReplicas;
  return typeof ceiling === 'number'
    ? Math.min(liveReplicas, ceiling)
    : liveReplicas;
}
