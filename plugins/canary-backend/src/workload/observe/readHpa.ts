import { Cluster } from 'backstage-plugin-canary-node';
import { StartSnapshot } from '../../rollout';
import { hpaRef } from '../../kubernetes/objects/refs';
import { belowCeiling, minReplicasOf } from './hpaFloors';
import { unlessForbidden } from './unlessForbidden';

/** The HPA that owns the replicas of a Deployment, and whether we can keep it from shrinking it. */
export async function readHpa(
  cluster: Cluster,
  {
    namespace,
    name,
    replicas,
  }: {
    readonly namespace: string;
    readonly name: string;
    /** Live count of the Deployment. */
    readonly replicas: number;
  },
  signal?: AbortSignal,
): Promise<{
  readonly hpa?: StartSnapshot['hpa'];
  /** Why the stable may lack pods at a rollback; a sentence. */
  readonly capacityRisk?: string;
  readonly warnings: readonly string[];
}> {
  const { apiVersion, kind } = hpaRef(namespace, '');
  const hpas = await unlessForbidden(
    cluster.list({ apiVersion, kind, namespace }, signal),
  );
  if (hpas === 'forbidden') {
    return {
      warnings: [
        'Whether a HorizontalPodAutoscaler scales the workload could not be read; if one does, the stable may lack pods at an abort.',
      ],
    };
  }
  const found = hpas.find(({ spec }) => {
    const target = spec?.scaleTargetRef as { kind?: string; name?: string };
    return target?.kind === 'Deployment' && target.name === name;
  });
  if (!found) return { warnings: [] };

  const hpa = {
    name: found.metadata.name,
    minReplicas: minReplicasOf(found),
    heldFloor: belowCeiling(replicas, found),
  };
  const ref = hpaRef(namespace, hpa.name);
  // Where nobody can say it, the start says that it was not tried.
  const mayHold = await cluster.may('patch', ref, signal).catch(() => {
    signal?.throwIfAborted();
    return true;
  });
  if (mayHold) return { hpa, warnings: [] };
  return {
    hpa,
    capacityRisk: `HorizontalPodAutoscaler ${hpa.name} may take pods from the stable while users are on the canary, and we may not change it, so that capacity at an abort is not guaranteed`,
    warnings: [],
  };
}
