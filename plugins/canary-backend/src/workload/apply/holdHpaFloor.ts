import { Cluster, KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { hpaFloors } from '../observe/hpaFloors';
import { mergeOnto, patchFresh } from './patchFresh';

/**
 * Keeps an HPA from taking the stable's pods while users are on the canary: its
 * floor is the one that was chosen at the start, or its ceiling where somebody
 * lowered that since. At the end it gets its own floor back, unless somebody else
 * has set another one meanwhile.
 *
 * Where we may not write it, and the plan accepts that risk, it stays.
 */
export async function holdHpaFloor(
  cluster: Cluster,
  { desired, startSnapshot, plan }: RolloutState,
  hpa: KubernetesObject,
  signal?: AbortSignal,
): Promise<void> {
  try {
    await patchFresh(
      cluster,
      hpa,
      object => {
        const { minReplicas, held, own } = hpaFloors(object, startSnapshot);
        const lowered = minReplicas === held ? own : minReplicas;
        const wanted = desired.hpaFloor ? Math.max(minReplicas, held) : lowered;
        return wanted === minReplicas
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
