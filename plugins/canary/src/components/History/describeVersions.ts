import { Images } from 'backstage-plugin-canary-common';
import { parseImage } from '../../format';

/** What one container runs before and after; absent where there is none. */
export interface VersionChange {
  readonly container: string;
  readonly from?: string;
  readonly to?: string;
}

/**
 * What a rollout changes, as short as tells the versions apart: `v1` and `v2`
 * of one repository, whole images of two. Containers that stay as they are
 * only count when all do.
 */
export function describeVersions(images: {
  readonly stable: Images;
  readonly canary: Images;
}): readonly VersionChange[] {
  const { stable, canary } = images;
  const containers = [
    ...new Set([...Object.keys(canary), ...Object.keys(stable)]),
  ];
  const changed = containers.filter(name => stable[name] !== canary[name]);
  return (changed.length > 0 ? changed : containers).map(container => ({
    container,
    ...shortest(stable[container], canary[container]),
  }));
}

function shortest(from?: string, to?: string): { from?: string; to?: string } {
  if (!from || !to) return { from, to };
  const [before, after] = [parseImage(from), parseImage(to)];
  if (before.repository !== after.repository) return { from, to };
  if (before.tag && after.tag && before.tag !== after.tag) {
    return { from: before.tag, to: after.tag };
  }
  if (before.digest && after.digest && before.digest !== after.digest) {
    return { from: short(before.digest), to: short(after.digest) };
  }
  return before.tag && from === to
    ? { from: before.tag, to: after.tag }
    : { from, to };
}

function short(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}
