import { Images, JsonObject } from 'backstage-plugin-canary-common';
import {
  CANARY_ROLLOUT_LABEL,
  KubernetesObject,
} from 'backstage-plugin-canary-node';
import { Labels } from '../../kubernetes/objects/selectors';
import { withImages } from './containers';
import { specOf } from './manifests';
import { withoutOwnership } from './ownership';
import { rewriteSelectors } from './rewriteSelectors';
import { spreadOverNodes } from './spreadOverNodes';

/**
 * A Deployment beside the stable's: a copy under another name, whose pods have
 * labels of their own. It selects them by a single one, the rollout's id.
 */
export function copyDeployment(
  stable: KubernetesObject,
  options: {
    readonly name: string;
    readonly rolloutId: string;
    /** Of its pods. */
    readonly labels: Labels;
    /** Key of the label among them that no other pod has. */
    readonly selectBy: string;
    /** Container → image; containers that are not named keep theirs. */
    readonly images: Images;
    readonly replicas: number;
    /** Its pods ask for different nodes. */
    readonly spread?: boolean;
  },
): KubernetesObject {
  const { name, rolloutId, labels, selectBy, images, replicas } = options;
  const matchLabels = { [selectBy]: labels[selectBy] };
  const { paused: _, ...spec } = specOf(stable);
  const { template } = spec;
  const copied = rewriteSelectors(
    template.spec,
    template.metadata?.labels ?? {},
    labels,
  );
  const podSpec = options.spread
    ? spreadOverNodes(copied, matchLabels)
    : copied;
  const copy = {
    ...spec,
    replicas,
    selector: { matchLabels },
    template: {
      metadata: {
        labels,
        annotations: withoutOwnership(template.metadata?.annotations),
      },
      spec: withImages(podSpec, images),
    },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name,
      namespace: stable.metadata.namespace,
      labels: {
        ...withoutOwnership(stable.metadata.labels),
        [CANARY_ROLLOUT_LABEL]: rolloutId,
      },
      annotations: withoutOwnership(stable.metadata.annotations),
    },
    spec: copy as unknown as JsonObject,
  };
}
