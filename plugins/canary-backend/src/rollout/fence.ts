/**
 * What a fence says: whose rollout, and of which owner. The state holds it, and
 * the objects of a rollout that is taken back carry it.
 */
export function fenceOf(rolloutId: string, epoch: number): string {
  return `${rolloutId}/${epoch}`;
}

/** Whether a fence is of this rollout, whichever owner put it up. */
export function isFenceOf(fence: string, rolloutId: string): boolean {
  return fence.startsWith(`${rolloutId}/`);
}

/** Whether a fence is of a later owner of the same rollout than the other is. */
export function isLaterFence(fence: string, than: string): boolean {
  const [rolloutId, epoch] = fence.split('/');
  const [other, otherEpoch] = than.split('/');
  return rolloutId === other && Number(epoch) > Number(otherEpoch);
}
