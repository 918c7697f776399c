import { createHash } from 'node:crypto';
import { Replica } from '../../store';

/**
 * Which of these replicas a rollout belongs to, by rendezvous hashing: every
 * replica that knows who is alive says the same, and a replica that comes or
 * goes moves only what was, or becomes, its own.
 *
 * Thaler, Ravishankar: "Using name-based mappings to increase hit rates",
 * IEEE/ACM Transactions on Networking 6(1), 1998.
 *
 * @returns the name of the replica; undefined where there is none
 */
export function proposeOwner(
  rolloutId: string,
  replicas: readonly Pick<Replica, 'id'>[],
): string | undefined {
  let best: { readonly id: string; readonly score: string } | undefined;
  for (const { id } of replicas) {
    const score = scoreOf(rolloutId, id);
    if (!best || score > best.score) best = { id, score };
  }
  return best?.id;
}

/** Those that reach the cluster. */
export function reaching(
  cluster: string,
  replicas: readonly Replica[],
): readonly Replica[] {
  return replicas.filter(({ reaches }) => reaches.includes(cluster));
}

function scoreOf(rolloutId: string, replica: string): string {
  return createHash('sha256').update(`${replica}\n${rolloutId}`).digest('hex');
}
