import { Cluster, ObjectWrite } from 'backstage-plugin-canary-node';
import { toError } from '@backstage/errors';
import { Verdict } from './askAll';

/** What says of a write itself that it is not taken: rights, admission, validation. */
const REFUSALS = ['NotAllowedError', 'InputError'];

/**
 * Whether the cluster would take a write. That somebody else was faster, or has
 * the name, is no word on the write, and a cluster in trouble is none either.
 */
export async function askDryRun(
  cluster: Cluster,
  write: ObjectWrite,
  signal: AbortSignal,
): Promise<Verdict> {
  if (!cluster.dryRun) {
    return { notTried: `cluster "${cluster.name}" offers no dry run` };
  }
  try {
    return await cluster
      .dryRun(write, signal)
      .then(answer => (answer === 'accepted' ? 'taken' : answer));
  } catch (caught) {
    const error = toError(caught);
    return REFUSALS.includes(error.name)
      ? { refused: error.message, error }
      : { notTried: error.message };
  }
}
