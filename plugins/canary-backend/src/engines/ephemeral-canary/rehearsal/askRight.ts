import { Cluster } from 'backstage-plugin-canary-node';
import { NotAllowedError, toError } from '@backstage/errors';
import { ClusterRequest } from '../../../kubernetes';
import { Verdict } from './askAll';

/** Whether our account may make a request; a cluster that cannot say it refuses nothing. */
export async function askRight(
  cluster: Cluster,
  { verb, ref }: ClusterRequest,
  signal: AbortSignal,
): Promise<Verdict> {
  try {
    if (await cluster.may(verb, ref, signal)) return 'taken';
  } catch (error) {
    return { notTried: toError(error).message };
  }
  const error = new NotAllowedError(`we may not ${verb} ${ref.kind} objects`);
  return { refused: error.message, error };
}
