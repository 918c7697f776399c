import { isEnded, Rollout } from 'backstage-plugin-canary-common';

/** An image that an entity had before, and what became of its last rollout. */
export interface RecentImage {
  readonly image: string;
  /** The last rollout that tried it; absent of one that was only ever replaced. */
  readonly last?: Rollout;
}

/**
 * Every image that the rollouts of an entity tried or replaced, the newest
 * first, without the one that serves all users now. Of several containers only
 * those count whose image a rollout changed.
 */
export function recentImages(newestFirst: readonly Rollout[]): RecentImage[] {
  const serving = imagesOf(newestFirst[0], servingArm(newestFirst[0]));
  const found = new Map<string, RecentImage>();
  for (const rollout of newestFirst) {
    for (const image of imagesOf(rollout, 'canary')) {
      const known = found.get(image);
      if (!known?.last) found.set(image, { image, last: rollout });
    }
    for (const image of imagesOf(rollout, 'stable')) {
      if (!found.has(image)) found.set(image, { image });
    }
  }
  serving.forEach(image => found.delete(image));
  return [...found.values()];
}

function servingArm(rollout: Rollout | undefined): 'canary' | 'stable' {
  const succeeded = rollout && isEnded(rollout.phase);
  return succeeded && rollout.phase === 'Succeeded' ? 'canary' : 'stable';
}

/** One arm's images of the containers that a rollout changes. */
function imagesOf(
  rollout: Rollout | undefined,
  arm: 'canary' | 'stable',
): string[] {
  if (!rollout) return [];
  const { canary, stable } = rollout.images;
  return Object.keys(rollout.images[arm])
    .filter(container => canary[container] !== stable[container])
    .map(container => rollout.images[arm][container]);
}
