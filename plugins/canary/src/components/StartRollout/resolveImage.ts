import { Rollout } from 'backstage-plugin-canary-common';
import { parseImage } from '../../format';

const TAG = /^:?([A-Za-z0-9_][\w.-]{0,127})$/;
const DIGEST = /^@?(sha\d+:[0-9a-f]+)$/i;

/**
 * The image that is meant by what was typed: a version alone is one of the
 * repository that the entity had before. Anything else stays as it is.
 */
export function resolveImage(
  typed: string,
  repository: string | undefined,
): string {
  const text = typed.trim();
  if (!repository) return text;
  const [, digest] = DIGEST.exec(text) ?? [];
  if (digest) return `${repository}@${digest}`;
  const [, tag] = TAG.exec(text) ?? [];
  return tag ? `${repository}:${tag}` : text;
}

/** Whether a text is a version without its image. */
export function isVersionAlone(typed: string): boolean {
  return TAG.test(typed.trim()) || DIGEST.test(typed.trim());
}

/** The repository that an entity's rollouts are of, where they are of one. */
export function repositoryOf(latest: Rollout | undefined): string | undefined {
  if (!latest) return undefined;
  const { canary, stable } = latest.images;
  const containers = Object.keys(canary);
  const changed = containers.filter(name => canary[name] !== stable[name]);
  const repositories = new Set(
    (changed.length > 0 ? changed : containers).map(
      name => parseImage(canary[name]).repository,
    ),
  );
  return repositories.size === 1 ? [...repositories][0] : undefined;
}
