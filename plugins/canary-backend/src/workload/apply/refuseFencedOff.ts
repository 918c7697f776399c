import { ConflictError } from '@backstage/errors';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { RolloutState } from '../../rollout';
import { FENCE_ANNOTATION } from '../manifests/canaryNames';

/**
 * Refuses to write to an object that a later owner has fenced off: this rollout
 * is being taken back, and we are a stalled owner who does not know. Only what
 * takes it back may replace or remove its fence. What another, ended rollout
 * left behind keeps nobody out.
 *
 * @throws ConflictError
 */
export function refuseFencedOff(
  { id, phase, desired }: Pick<RolloutState, 'id' | 'phase' | 'desired'>,
  { kind, metadata }: KubernetesObject,
): void {
  const fence = metadata.annotations?.[FENCE_ANNOTATION];
  if (phase === 'RollingBack' || fence === undefined) return;
  if (fence === desired.fence || !fence.startsWith(`${id}/`)) return;
  throw new ConflictError(
    `${kind} ${metadata.name} carries the fence ${fence}: this rollout is being taken back by another owner`,
  );
}
