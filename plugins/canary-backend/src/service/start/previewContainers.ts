import { Images, PreviewContainer } from 'backstage-plugin-canary-common';
import { repositoryOf } from './repositoryOf';

/** Every container of the template: what it runs, and what it runs in the canary. */
export function previewContainers(
  containers: readonly Pick<PreviewContainer, 'name' | 'kind'>[],
  template: Images,
  canary: Images,
): readonly PreviewContainer[] {
  return containers.map(({ name, kind }) => ({
    name,
    kind,
    stable: template[name],
    canary: Object.hasOwn(canary, name) ? canary[name] : template[name],
  }));
}

/**
 * Containers that keep their image while another one of the same repository
 * gets a new one: migrations and assets of the old release beside the new one,
 * most likely forgotten.
 */
export function leftBehind(
  containers: readonly PreviewContainer[],
  canary: Images,
): readonly string[] {
  const changed = containers.filter(one => one.canary !== one.stable);
  return containers
    .filter(({ name }) => !Object.hasOwn(canary, name))
    .flatMap(kept => {
      const beside = changed.find(
        one => repositoryOf(one.stable) === repositoryOf(kept.stable),
      );
      return beside
        ? `Container ${kept.name} keeps ${kept.stable}, while ${beside.name} of the same repository gets ${beside.canary}; name it in images if both are of one release.`
        : [];
    });
}
