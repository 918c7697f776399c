import { Images, JsonObject } from 'backstage-plugin-canary-common';
import { KubernetesObject } from 'backstage-plugin-canary-node';
import { canaryLabels, CanaryLabelling } from './canaryLabels';
import { canaryName, ROLLOUT_LABEL } from './canaryNames';
import { specOf } from './manifests';
import { withoutOwnership } from './ownership';
import { rewriteSelectors } from './rewriteSelectors';

/**
 * The canary's Deployment: a copy of the stable's with new images, and with
 * labels that keep its pods out of everything that selects the stable's. Its
 * own selector is the rollout's id alone.
 */
export function cloneDeployment(
  stable: KubernetesObject,
  options: CanaryLabelling & {
    /** Container → image; containers that are not named keep theirs. */
    readonly images: Images;
    readonly replicas: number;
  },
): KubernetesObject {
  const { rolloutId, images, replicas } = options;
  const { paused: _, ...spec } = specOf(stable);
  const { template } = spec;
  const labels = canaryLabels(spec, options);
  const podSpec = rewriteSelectors(
    template.spec,
    template.metadata?.labels ?? {},
    labels,
  );
  const clone = {
    ...spec,
    replicas,
    selector: { matchLabels: { [ROLLOUT_LABEL]: rolloutId } },
    template: {
      metadata: {
        labels,
        annotations: withoutOwnership(template.metadata?.annotations),
      },
      spec: {
        ...podSpec,
        containers: podSpec.containers.map(container => ({
          ...container,
          image: images[container.name] ?? container.image,
        })),
      },
    },
  };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: canaryName(stable.metadata.name),
      namespace: stable.metadata.namespace,
      labels: {
        ...withoutOwnership(stable.metadata.labels),
        [ROLLOUT_LABEL]: rolloutId,
      },
      annotations: withoutOwnership(stable.metadata.annotations),
    },
    spec: clone as unknown as JsonObject,
  };
}
