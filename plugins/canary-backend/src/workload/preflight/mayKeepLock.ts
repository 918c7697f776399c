import { canaryNameOf, Cluster } from 'backstage-plugin-canary-node';
import { leaseRef } from '../../kubernetes/objects/refs';

/** What is asked of Leases in a namespace, by the lock of a rollout. */
const VERBS = ['get', 'create', 'delete'] as const;

/**
 * Whether the cluster has Leases and lets us keep one. A rollout goes on
 * without: who cannot even say so is believed to refuse it.
 */
export async function mayKeepLock(
  cluster: Cluster,
  target: { readonly namespace: string; readonly name: string },
  signal?: AbortSignal,
): Promise<boolean> {
  const ref = leaseRef(target.namespace, canaryNameOf(target.name));
  const answers = await Promise.all(
    VERBS.map(verb => cluster.may(verb, ref, signal).catch(() => false)),
  );
  return answers.every(Boolean);
}

/** What a person should know where there will be no lock, as a sentence. */
export function withoutLock(namespace: string): string {
  return `We may not keep a Lease in ${namespace} (${VERBS.join(
    ', ',
  )} leases of coordination.k8s.io), so that an object which arrives after the end of the rollout is not removed by the cluster itself; it is looked for, and the next start removes it.`;
}
