import { Cluster } from 'backstage-plugin-canary-node';
import { PodTemplate } from '../manifests/manifests';
import { unlessForbidden } from '../observe/unlessForbidden';

const SHARED_MODES = ['ReadWriteMany', 'ReadOnlyMany'];

/** Which volume claims of the pods the canary could not mount beside the stable. */
export async function readClaims(
  cluster: Cluster,
  namespace: string,
  template: PodTemplate,
  signal?: AbortSignal,
): Promise<{ readonly refusals: string[]; readonly warnings: string[] }> {
  const names = new Set(
    (template.spec.volumes ?? []).flatMap(
      ({ persistentVolumeClaim }) => persistentVolumeClaim?.claimName || [],
    ),
  );
  const refusals: string[] = [];
  const warnings: string[] = [];
  await Promise.all(
    [...names].sort().map(async name => {
      const kind = 'PersistentVolumeClaim';
      const claim = await unlessForbidden(
        cluster.get({ apiVersion: 'v1', kind, namespace, name }, signal),
      );
      if (claim === 'forbidden') {
        warnings.push(
          `Whether the canary can share volume claim ${name} could not be read.`,
        );
        return;
      }
      const modes = claim?.spec?.accessModes;
      if (!Array.isArray(modes)) return;
      if (!modes.some(mode => SHARED_MODES.includes(mode))) {
        refusals.push(
          `its volume claim ${name} (${modes.join(
            ', ',
          )}) cannot be shared with the canary`,
        );
      }
    }),
  );
  return { refusals, warnings };
}
