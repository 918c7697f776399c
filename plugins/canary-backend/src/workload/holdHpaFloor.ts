import { Cluster, KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../model';
import { minReplicasOf } from './observeWorkload';
import { mergeOnto, patchFresh } from './patchFresh';

/**
 * Keeps an HPA from taking the stable's pods while users are on the canary: its
 * floor is the one that was chosen at the start. At the end it gets its own floor back,
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
  if (!baseline.hpa) return;
  const { minReplicas: before, heldFloor: held } = baseline.hpa;
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
