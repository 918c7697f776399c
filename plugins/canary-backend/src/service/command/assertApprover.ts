import {
  BackstageCredentials,
  BackstageServicePrincipal,
  BackstageUserPrincipal,
} from '@backstage/backend-plugin-api';
import { ForwardedError, NotAllowedError } from '@backstage/errors';
import { RolloutState } from '../../rollout';

/** Refs of what a user is or owns through: themselves and their groups. */
export type OwnershipRefsOf = (
  user: BackstageCredentials,
) => Promise<readonly string[]>;

/**
 * Lets only those end an approval whom its step names: a named user, or a user
 * who owns through a named group. A service that acts for nobody is none of
 * them. Where the step names nobody, the permission alone decides.
 *
 * Throws `NotAllowedError` with a sentence that says who may.
 *
 * @param before - the rollout that the `promote` was decided on
 * @param after - what the `promote` made of it
 */
export async function assertApprover(
  before: RolloutState,
  after: RolloutState,
  credentials: BackstageCredentials,
  ownershipRefsOf: OwnershipRefsOf,
): Promise<void> {
  const approvers = before.holds.find(
    ({ reason }) => reason === 'Approval',
  )?.approvers;
  const stays = after.holds.some(({ reason }) => reason === 'Approval');
  // A step whose wait is over takes its approval along, whatever was promoted.
  if (!approvers || (stays && !after.step.holdEnded)) return;

  const mine = await refsOf(credentials, ownershipRefsOf);
  const named = new Set(approvers.map(ref => ref.toLowerCase()));
  if (mine.some(ref => named.has(ref.toLowerCase()))) return;
  throw new NotAllowedError(
    `Only ${approvers.join(' or ')} may approve step ${
      before.step.index + 1
    } of rollout ${before.id}; ask them to promote it`,
  );
}

async function refsOf(
  credentials: BackstageCredentials,
  ownershipRefsOf: OwnershipRefsOf,
): Promise<readonly string[]> {
  const principal = credentials.principal as
    | BackstageUserPrincipal
    | BackstageServicePrincipal;
  if (principal.type !== 'user') return [];
  const { userEntityRef } = principal;
  try {
    return [userEntityRef, ...(await ownershipRefsOf(credentials))];
  } catch (error) {
    throw new ForwardedError(
      `Could not find out which groups ${userEntityRef} belongs to`,
      error,
    );
  }
}
