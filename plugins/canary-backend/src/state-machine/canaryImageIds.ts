import { DeploymentView, RolloutState } from '../rollout';

/**
 * Image ids of the canary's containers that are of this release, by container.
 * Sidecars that a mesh injects are not of the template. Init containers count
 * where the rollout names them: what only waits for a database is often of a
 * floating tag, which says nothing of this release.
 */
export function canaryImageIds(
  { images }: Pick<RolloutState, 'images'>,
  canary: DeploymentView,
): DeploymentView['imageIds'] {
  const { imageIds, initImageIds = {} } = canary;
  const kept = (
    ids: DeploymentView['imageIds'],
    named: Readonly<Record<string, string>>,
  ) => Object.entries(ids).filter(([name]) => Object.hasOwn(named, name));
  return Object.fromEntries([
    ...kept(initImageIds, images.canary),
    ...kept(imageIds, canary.images),
  ]);
}
